package jlocal.router;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.Protocols;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request as the client sent it, parsed as strictly as RFC 9112 says: lines end in
 * CRLF, fields are not folded, names are tokens, values have no control characters. The bytes of
 * the target and the values are kept, one character per byte.
 */
final class RequestHead {
  private static final int MAX_FIELDS = 1_000;
  private static final String TOKEN = "!#$%&'*+-.^_`|~";

  private final HeaderMap headers;

  private final String text;

  private HttpString method = Methods.GET;
  private String target = "";
  private HttpString version = Protocols.HTTP_1_1;
  private @Nullable LocalResponse refusal;

  private RequestHead(HeaderMap headers, String text) {
    this.headers = headers;
    this.text = text;
  }

  /**
   * Parses a head of HTTP/1; returns null if there are only empty lines.
   *
   * @param text one character per byte
   */
  static @Nullable RequestHead http1(String text) {
    var head = new RequestHead(new HeaderMap(), text);
    boolean hasRequestLine = false;
    for (String line : HeadBuffer.lines(text)) {
      if (head.refusal != null) return head;
      int end = line.length() - 1;
      if (!line.endsWith("\r")) head.refuse("a line that does not end in CRLF");
      else if (hasRequestLine && end == 0) break;
      else if (hasRequestLine) head.field(line);
      else if (end > 0) head.requestLine(line.substring(0, end));
      // RFC 9112, section 2.2: ignore empty lines before a request.
      hasRequestLine |= end > 0;
    }
    if (!hasRequestLine) return null;
    if (head.refusal == null && !head.isHttp2()) head.refusal = RequestCheck.refusal(head);
    return head;
  }

  /** Returns the head of an HTTP/2 request, which Undertow has decoded. */
  static RequestHead http2(HttpServerExchange exchange) {
    HeaderMap fields = exchange.getRequestHeaders();
    var head = new RequestHead(fields, HeaderFields.text(fields));
    String query = exchange.getQueryString();
    String path = exchange.getRequestURI();
    head.method = exchange.getRequestMethod();
    head.target = query.isEmpty() ? path : path + '?' + query;
    head.version = Protocols.HTTP_2_0;
    head.refusal = RequestCheck.refusal(head);
    // A stream may end before the body that its Content-Length announces.
    boolean tooShort = exchange.isRequestComplete() && exchange.getRequestContentLength() > 0;
    if (tooShort) head.refuse("a body shorter than its Content-Length");
    return head;
  }

  /** Returns the substitute for a head that is too long. */
  static RequestHead tooLong() {
    var head = new RequestHead(new HeaderMap(), "");
    head.refusal = LocalResponse.text(431, "The request's head is too long.");
    return head;
  }

  private void refuse(String what) {
    if (refusal == null) refusal = LocalResponse.badRequest(what);
  }

  private void requestLine(String line) {
    if (line.equals("PRI * HTTP/2.0")) {
      version = Protocols.HTTP_2_0;
      return;
    }
    String[] words = line.split(" ", -1);
    if (words[0].isEmpty() || !RequestCheck.consistsOf(words[0], TOKEN)) {
      refuse("an invalid method");
      return;
    }
    method = Methods.fromString(words[0]);
    if (words.length > 1) target = words[1];
    String protocol = words[words.length - 1];
    boolean isHttp1 = protocol.length() == 8 && protocol.startsWith("HTTP/1.");
    if (words.length != 3 || !isHttp1 || !Character.isDigit(protocol.charAt(7))) {
      refuse("a request line that does not end in HTTP/1.1");
    } else if (protocol.endsWith("0")) {
      version = Protocols.HTTP_1_0;
    }
  }

  /**
   * @param line with its CR, which is stripped with the blanks around the value
   */
  private void field(String line) {
    int colon = line.indexOf(':');
    if (colon < 1 || !RequestCheck.consistsOf(line.substring(0, colon), TOKEN)) {
      refuse("a line that is not a header field");
    } else if (RequestCheck.hasControl(line, line.length() - 1)) {
      refuse("a control character in a field");
    } else if (headers.size() >= MAX_FIELDS || !HeaderFields.add(headers, line, colon)) {
      refusal = LocalResponse.text(431, "The request has too many header fields.");
    }
  }

  /** The response to a request that must be rejected; null if it may pass. */
  @Nullable LocalResponse refusal() {
    return refusal;
  }

  HttpString method() {
    return method;
  }

  HeaderMap headers() {
    return headers;
  }

  /** The fields as the client sent them, after a first line. */
  String text() {
    return text;
  }

  /** The request target; empty if there is none. */
  String target() {
    return target;
  }

  HttpString version() {
    return version;
  }

  /** Over HTTP/1: whether the client continues in HTTP/2 without asking (RFC 9113, section 3.3). */
  boolean isHttp2() {
    return version.equals(Protocols.HTTP_2_0);
  }

  boolean isHttp11() {
    return version.equals(Protocols.HTTP_1_1);
  }

  @Nullable String host() {
    return headers.getFirst(Headers.HOST);
  }

  /** Path and query: the target without scheme and authority (RFC 9112, section 3.2.2). */
  String path() {
    String authority = authority();
    if (authority == null) return target;
    String path = target.substring(target.indexOf("://") + 3 + authority.length());
    return path.startsWith("/") ? path : '/' + path;
  }

  /** The authority of a target in absolute form; null for other forms. */
  @Nullable String authority() {
    int scheme = target.startsWith("/") ? -1 : target.indexOf("://");
    return scheme < 0 ? null : target.substring(scheme + 3).split("[/?#]", -1)[0];
  }

  /** Whether the client keeps the connection open for another request. */
  boolean isPersistent() {
    if (HeaderFields.connectionHas(headers, "close")) return false;
    return isHttp11() || HeaderFields.connectionHas(headers, "keep-alive");
  }

  /** Whether it may be sent twice if it has no body, without further effects. */
  boolean isIdempotent() {
    return switch (method.toString()) {
      case "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE" -> true;
      default -> false;
    };
  }
}
