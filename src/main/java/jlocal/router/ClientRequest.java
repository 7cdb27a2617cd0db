package jlocal.router;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import org.jspecify.annotations.Nullable;

/**
 * A request that may be proxied.
 *
 * @param hasBody whether a body follows, or may follow
 * @param chunks decoder of the body, if the client sends it in chunks over HTTP/1.1
 * @param upgrade protocols the client offers to switch to; null for none
 */
record ClientRequest(
    HttpServerExchange exchange,
    RequestHead head,
    UpstreamRequestHead.Origin origin,
    boolean hasBody,
    @Nullable ChunkedRequestBody chunks,
    @Nullable String upgrade) {

  static ClientRequest of(HttpServerExchange exchange, RequestHead head) {
    boolean hasBody = !exchange.isRequestComplete();
    boolean upgradable = head.isHttp11() && !hasBody;
    boolean coded = head.headers().contains(Headers.TRANSFER_ENCODING);
    return new ClientRequest(
        exchange,
        head,
        UpstreamRequestHead.Origin.of(exchange, head),
        hasBody,
        coded ? ChunkedRequestBody.under(exchange) : null,
        upgradable ? HeaderFields.upgrade(head.headers()) : null);
  }

  boolean isHead() {
    return head.method().equals(Methods.HEAD);
  }

  /** Whether the body goes to the instance in chunks, because its length is unknown. */
  boolean isChunked() {
    return hasBody && !head.headers().contains(Headers.CONTENT_LENGTH);
  }

  /** Whether it may be sent again after an instance may have seen it. */
  boolean isRepeatable() {
    return !hasBody && head.isIdempotent();
  }

  PooledByteBuffer allocateBuffer() {
    return exchange.getConnection().getByteBufferPool().allocate();
  }

  /** Whether the client gets an event stream. */
  boolean isEventStream() {
    String type = exchange.getResponseHeaders().getFirst(Headers.CONTENT_TYPE);
    return type != null && type.startsWith("text/event-stream");
  }
}
