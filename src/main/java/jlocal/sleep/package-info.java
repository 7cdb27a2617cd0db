/**
 * Puts an idle app to sleep ({@code start --sleep}), by the same request as another terminal; the
 * app wakes up by itself.
 */
@NullMarked
package jlocal.sleep;

import org.jspecify.annotations.NullMarked;
