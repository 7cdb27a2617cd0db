/** Notifies the desktop of crashes, and of processes that are up again ({@code start --notify}). */
@NullMarked
package jlocal.notices;

import org.jspecify.annotations.NullMarked;
