/**
 * Restarts processes when files change ({@code start --watch}), by the same requests as another
 * terminal. The app does not know about it.
 */
@NullMarked
package jlocal.watch;

import org.jspecify.annotations.NullMarked;
