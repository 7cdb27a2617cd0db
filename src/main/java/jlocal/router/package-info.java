/**
 * The HTTP reverse proxy before the instances. Undertow accepts connections, handles TLS and
 * HTTP/2, reads bodies and writes responses. Heads of HTTP/1 requests and the connections to the
 * instances are handled here: a request must wait while an app boots, an abort must reach the other
 * side, and an incomplete body must not look complete.
 *
 * <p>A request is handled on the I/O thread of its client; only {@link BackendTable} uses a lock.
 */
@NullMarked
package jlocal.router;

import org.jspecify.annotations.NullMarked;
