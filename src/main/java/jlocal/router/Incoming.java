package jlocal.router;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import org.jspecify.annotations.Nullable;

/**
 * A request whose head has been read and found good.
 *
 * @param head as the client sent it
 * @param hasBody whether one follows, or may follow
 * @param chunked whether it has to be sent on in chunks, for want of a length
 * @param chunks the client's chunks, if it sent such over HTTP/1.1
 * @param upgrade the protocols the client would go on with; null for none
 */
record Incoming(
    HttpServerExchange exchange,
    ClientHead head,
    boolean hasBody,
    boolean chunked,
    @Nullable ChunkedRequest chunks,
    @Nullable String upgrade) {

  static Incoming of(HttpServerExchange exchange, ClientHead head) {
    HeaderMap headers = head.headers();
    boolean coded = headers.contains(Headers.TRANSFER_ENCODING);
    boolean hasBody = !exchange.isRequestComplete();
    boolean chunked = hasBody && (coded || !headers.contains(Headers.CONTENT_LENGTH));
    ChunkedRequest chunks = coded ? ChunkedRequest.under(exchange) : null;
    String upgrade = head.isHttp11() && !hasBody ? Fields.upgrade(headers) : null;
    return new Incoming(exchange, head, hasBody, chunked, chunks, upgrade);
  }

  boolean isHead() {
    return head.method().equals(Methods.HEAD);
  }

  /** Whether it may be sent twice: nothing but its head is lost, and it changes nothing more. */
  boolean isRepeatable() {
    if (hasBody) return false;
    return switch (head.method().toString()) {
      case "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE" -> true;
      default -> false;
    };
  }
}
