/**
 * The round-robin proxy before {@code web}. Undertow accepts connections, speaks TLS and HTTP/2,
 * reads bodies and writes responses; the side towards the instances is our own, because a proxy for
 * development must wait for an app that boots, tell a client's abort to the app and an app's death
 * to the client, and never make up an end of a body.
 *
 * <p>All work on a request is done by the one I/O thread that owns its connection, so only {@link
 * BackendTable} knows locks.
 */
@NullMarked
package jlocal.router;

import org.jspecify.annotations.NullMarked;
