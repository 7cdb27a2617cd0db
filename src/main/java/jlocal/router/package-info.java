/**
 * The HTTP reverse proxy before the instances. Undertow accepts connections, speaks TLS and HTTP/2,
 * reads bodies and writes responses. Heads of HTTP/1 requests and the connections to the instances
 * are our own: a request must wait while an app boots, an abort must reach the other side, and no
 * end of a body may be made up.
 *
 * <p>Everything about a request happens on the I/O thread of its client; only {@link BackendTable}
 * takes a lock.
 */
@NullMarked
package jlocal.router;

import org.jspecify.annotations.NullMarked;
