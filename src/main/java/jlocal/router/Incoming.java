package jlocal.router;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request whose head has been read and found good.
 *
 * @param hasBody whether one follows, or may follow
 * @param chunked whether it has to be sent on in chunks, for want of a length
 * @param chunks the client's chunks, if it sent such over HTTP/1.1
 * @param upgrade whether the client asks to go on with another protocol
 * @param target path and query, byte for byte
 */
record Incoming(
    HttpServerExchange exchange,
    boolean hasBody,
    boolean chunked,
    @Nullable ChunkedRequest chunks,
    boolean upgrade,
    String target) {

  /**
   * Takes a request.
   *
   * @param target as the client sent it; null when only the parser saw it
   */
  static Incoming of(HttpServerExchange exchange, @Nullable String target) {
    HeaderMap headers = exchange.getRequestHeaders();
    boolean http1 = exchange.getConnection() instanceof HttpServerConnection;
    boolean coded = http1 && headers.contains(Headers.TRANSFER_ENCODING);
    boolean hasBody = !exchange.isRequestComplete();
    boolean chunked = hasBody && (coded || !headers.contains(Headers.CONTENT_LENGTH));
    ChunkedRequest chunks = coded ? ChunkedRequest.under(exchange) : null;
    return new Incoming(
        exchange, hasBody, chunked, chunks, http1 && upgrades(headers), target(exchange, target));
  }

  /** As it was sent, but without the authority (RFC 9112, section 3.2.2). */
  private static String target(HttpServerExchange exchange, @Nullable String sent) {
    String target = sent != null ? sent : parsed(exchange);
    if (!exchange.isHostIncludedInRequestURI()) return target;
    int path = target.indexOf('/', target.indexOf("://") + 3);
    return path < 0 ? "/" : target.substring(path);
  }

  private static String parsed(HttpServerExchange exchange) {
    String query = exchange.getQueryString();
    return query.isEmpty() ? exchange.getRequestURI() : exchange.getRequestURI() + '?' + query;
  }

  /** Any protocol but HTTP/2, which is a matter between client and router. */
  private static boolean upgrades(HeaderMap headers) {
    String protocol = headers.getFirst(Headers.UPGRADE);
    return protocol != null
        && !protocol.toLowerCase(Locale.ROOT).startsWith("h2c")
        && Fields.connectionSays(headers, "upgrade");
  }

  boolean isHead() {
    return exchange.getRequestMethod().equals(Methods.HEAD);
  }

  /** Whether it may be sent twice: nothing but its head is lost, and it changes nothing more. */
  boolean isRepeatable() {
    if (hasBody) return false;
    return switch (exchange.getRequestMethod().toString()) {
      case "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE" -> true;
      default -> false;
    };
  }
}
