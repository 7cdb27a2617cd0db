/** Puts an idle app to sleep: {@code start --sleep}. The app wakes up by itself. */
@NullMarked
package jlocal.sleep;

import org.jspecify.annotations.NullMarked;
