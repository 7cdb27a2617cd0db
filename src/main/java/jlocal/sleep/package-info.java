/**
 * Puts an app to sleep that gets no requests ({@code start --sleep}). It asks for that as another
 * terminal could; the app wakes by itself.
 */
@NullMarked
package jlocal.sleep;

import org.jspecify.annotations.NullMarked;
