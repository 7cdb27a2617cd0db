/** Restarts processes when files change: {@code start --watch}. */
@NullMarked
package jlocal.watch;

import org.jspecify.annotations.NullMarked;
