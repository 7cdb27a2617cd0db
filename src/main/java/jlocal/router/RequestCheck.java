package jlocal.router;

import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Refuses requests that an app could parse differently, and those that no proxy serves. */
final class RequestCheck {
  private RequestCheck() {}

  /** The answer to a request that must not pass; null for one that may. */
  static @Nullable LocalResponse refusal(RequestHead head) {
    if (head.method().equals(Methods.CONNECT)) {
      return LocalResponse.text(405, "CONNECT is not for this server.");
    }
    if (head.isHttp2() && misleads(head.headers()))
      return LocalResponse.badRequest("a control character in a field");
    LocalResponse framing = framing(head);
    if (framing != null) return framing;
    if (!isTarget(head)) return LocalResponse.badRequest("an invalid target");
    LocalResponse host = host(head);
    return host != null ? host : expectation(head.headers().get(Headers.EXPECT));
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

  /** A path, a URL, or {@code *} for OPTIONS (RFC 9112, section 3.2). What else it holds passes. */
  private static boolean isTarget(RequestHead head) {
    String target = head.target();
    if (hasControls(target)) return false;
    if (target.startsWith("/")) return true;
    if (target.equals("*")) return head.method().equals(Methods.OPTIONS);
    return target.matches("[A-Za-z][A-Za-z0-9+.-]*://[^/?#]+.*");
  }

  private static @Nullable LocalResponse host(RequestHead head) {
    HeaderValues hosts = head.headers().get(Headers.HOST);
    String host = head.host();
    if (host == null) return head.isHttp11() ? LocalResponse.badRequest("no Host") : null;
    if (hosts.size() > 1) return LocalResponse.badRequest("two Hosts");
    if (host.isEmpty()) return LocalResponse.badRequest("an empty Host");
    if (!host.chars().allMatch(RequestCheck::isOfHost))
      return LocalResponse.badRequest("an invalid Host");
    String authority = head.authority();
    boolean same = authority == null || authority.equalsIgnoreCase(host);
    return same ? null : LocalResponse.badRequest("a URL for another host than Host");
  }

  /** RFC 3986, section 3.2.2, and the colon before the port. */
  private static boolean isOfHost(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~%!$&'()*+,;=:[]".indexOf(c) >= 0;
  }

  private static @Nullable LocalResponse framing(RequestHead head) {
    HeaderValues coding = head.headers().get(Headers.TRANSFER_ENCODING);
    HeaderValues length = head.headers().get(Headers.CONTENT_LENGTH);
    if (coding != null) {
      if (length != null)
        return LocalResponse.badRequest("both Content-Length and Transfer-Encoding");
      if (coding.size() > 1) return LocalResponse.badRequest("two Transfer-Encodings");
      if (!head.isHttp11())
        return LocalResponse.badRequest("Transfer-Encoding in another version than HTTP/1.1");
      return coding(coding.getFirst());
    }
    if (length == null) return null;
    boolean good = length.size() == 1 && length.getFirst().indexOf(',') < 0;
    return good && BodyFraming.length(length.getFirst()) >= 0
        ? null
        : LocalResponse.badRequest("an invalid Content-Length");
  }

  private static @Nullable LocalResponse coding(String coding) {
    String lower = coding.toLowerCase(Locale.ROOT);
    if (lower.equals("chunked")) return null;
    if (lower.startsWith("chunked")) return LocalResponse.badRequest("a wrong Transfer-Encoding");
    return LocalResponse.text(501, "Only chunked is known as Transfer-Encoding.");
  }

  private static @Nullable LocalResponse expectation(@Nullable HeaderValues expect) {
    if (expect == null) return null;
    boolean known = expect.size() == 1 && expect.getFirst().equalsIgnoreCase("100-continue");
    return known ? null : LocalResponse.text(417, "Only 100-continue can be expected.");
  }
}
