/**
 * Restarts processes when files change ({@code start --watch}). It asks for that as another
 * terminal does; the app knows nothing of it.
 */
@NullMarked
package jlocal.watch;

import org.jspecify.annotations.NullMarked;
