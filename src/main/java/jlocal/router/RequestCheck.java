package jlocal.router;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that an instance could read otherwise than we do, and those no proxy serves.
 * What Undertow's parser refuses by itself never gets here.
 */
final class RequestCheck {
  /** As much as a head may have; Heroku allows 8 KiB for each of its lines. */
  private static final int LONGEST = 64 * 1024;

  private RequestCheck() {}

  /**
   * The answer to a request that must not pass; null for one that may.
   *
   * @param length of its head, in bytes
   */
  static @Nullable Reply refusal(HttpServerExchange exchange, int length) {
    if (length > LONGEST) return Reply.text(431, "The request's head is too long.");
    HeaderMap headers = exchange.getRequestHeaders();
    if (exchange.getRequestMethod().equals(Methods.CONNECT)) {
      return Reply.text(405, "CONNECT is not for this server.");
    }
    if (!(exchange.getConnection() instanceof HttpServerConnection) && misleads(headers)) {
      return bad("a control character in a field");
    }
    Reply framing = framing(exchange, headers);
    if (framing != null) return framing;
    if (hasControls(exchange.getRequestURI()) || hasControls(exchange.getQueryString())) {
      return bad("a control character in its target");
    }
    String host = headers.getFirst(Headers.HOST);
    if (host != null && host.isEmpty()) return bad("an empty Host");
    if (exchange.isHostIncludedInRequestURI() && !sameHost(exchange.getRequestURI(), host)) {
      return bad("a URL for another host than Host");
    }
    return expectation(headers.get(Headers.EXPECT));
  }

  /** HTTP/2 could carry what would end a line in HTTP/1.1 (RFC 9113, section 8.2.1). */
  private static boolean misleads(HeaderMap headers) {
    for (HeaderValues values : headers) {
      if (hasControls(values.getHeaderName().toString())) return true;
      for (String value : values) {
        if (value.chars().anyMatch(c -> c < ' ' && c != '\t')) return true;
      }
    }
    return false;
  }

  private static boolean hasControls(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) == 0x7f) return true;
    }
    return false;
  }

  private static @Nullable Reply framing(HttpServerExchange exchange, HeaderMap headers) {
    HeaderValues coding = headers.get(Headers.TRANSFER_ENCODING);
    HeaderValues length = headers.get(Headers.CONTENT_LENGTH);
    if (coding != null) {
      if (length != null) return bad("both Content-Length and Transfer-Encoding");
      if (coding.size() > 1) return bad("two Transfer-Encodings");
      if (!exchange.isHttp11()) return bad("Transfer-Encoding in HTTP/1.0");
      return coding(coding.getFirst());
    }
    if (length == null) return null;
    boolean good = length.size() == 1 && length.getFirst().indexOf(',') < 0;
    return good && Framing.length(length.getFirst()) >= 0 ? null : bad("a wrong Content-Length");
  }

  private static @Nullable Reply coding(String coding) {
    String lower = coding.toLowerCase(Locale.ROOT);
    if (lower.equals("chunked")) return null;
    if (lower.startsWith("chunked")) return bad("a wrong Transfer-Encoding");
    return Reply.text(501, "Only chunked is known as Transfer-Encoding.");
  }

  private static boolean sameHost(String url, @Nullable String host) {
    int start = url.indexOf("://") + 3;
    int end = url.indexOf('/', start);
    String authority = end < 0 ? url.substring(start) : url.substring(start, end);
    return host == null || authority.equalsIgnoreCase(host);
  }

  private static @Nullable Reply expectation(@Nullable HeaderValues expect) {
    if (expect == null) return null;
    boolean known = expect.size() == 1 && expect.getFirst().equalsIgnoreCase("100-continue");
    return known ? null : Reply.text(417, "Only 100-continue can be expected.");
  }

  private static Reply bad(String what) {
    return Reply.text(400, "Bad request: " + what + ".");
  }
}
