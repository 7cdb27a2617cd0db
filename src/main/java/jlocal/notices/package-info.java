/** {@code start --notify}: tells the desktop of a crash, and when the process is up again. */
@NullMarked
package jlocal.notices;

import org.jspecify.annotations.NullMarked;
