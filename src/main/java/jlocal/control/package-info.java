/**
 * Controls a running app from other terminals: the socket of its project, access to it, and its
 * protocol (docs/control.md). Does not know the app: {@link jlocal.control.RequestHandler} handles
 * the requests.
 */
@NullMarked
package jlocal.control;

import org.jspecify.annotations.NullMarked;
