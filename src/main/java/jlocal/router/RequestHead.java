package jlocal.router;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Protocols;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request as the client sent it.
 *
 * @param target byte for byte, one character per byte; empty when the request line has none
 * @param version HTTP/1.0, HTTP/1.1 or HTTP/2.0
 */
record RequestHead(HttpString method, String target, HttpString version, HeaderMap headers) {

  /** The head of a request over HTTP/2, which Undertow has decoded. */
  static RequestHead http2(HttpServerExchange exchange) {
    String query = exchange.getQueryString();
    String path = exchange.getRequestURI();
    return new RequestHead(
        exchange.getRequestMethod(),
        query.isEmpty() ? path : path + '?' + query,
        Protocols.HTTP_2_0,
        exchange.getRequestHeaders());
  }

  boolean isHttp2() {
    return version.equals(Protocols.HTTP_2_0);
  }

  boolean isHttp11() {
    return version.equals(Protocols.HTTP_1_1);
  }

  boolean isHttp10() {
    return version.equals(Protocols.HTTP_1_0);
  }

  @Nullable String host() {
    return headers.getFirst(Headers.HOST);
  }

  /** Path and query: the target without scheme and authority (RFC 9112, section 3.2.2). */
  String path() {
    int scheme = target.indexOf("://");
    if (scheme < 0 || target.startsWith("/")) return target;
    int path = indexOfPath(scheme + 3);
    if (path == target.length()) return "/";
    return target.charAt(path) == '/' ? target.substring(path) : '/' + target.substring(path);
  }

  /** The authority of a target in absolute form; null in any other form. */
  @Nullable String authority() {
    int scheme = target.indexOf("://");
    if (scheme < 0 || target.startsWith("/")) return null;
    return target.substring(scheme + 3, indexOfPath(scheme + 3));
  }

  private int indexOfPath(int from) {
    int at = from;
    while (at < target.length() && "/?#".indexOf(target.charAt(at)) < 0) at++;
    return at;
  }

  /** Whether the client keeps the connection open for a further request. */
  boolean isPersistent() {
    if (HeaderFields.connectionHas(headers, "close")) return false;
    return !isHttp10() || HeaderFields.connectionHas(headers, "keep-alive");
  }

  /** Whether it may be sent twice, if it has no body: a second one changes nothing more. */
  boolean isIdempotent() {
    return switch (method.toString()) {
      case "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE" -> true;
      default -> false;
    };
  }
}
