/**
 * How a running app is steered from another terminal: the socket of its project, who may use it,
 * and what is said through it (docs/control.md). Knows nothing of the app: {@link
 * jlocal.control.RequestHandler} carries out what is asked.
 */
@NullMarked
package jlocal.control;

import org.jspecify.annotations.NullMarked;
