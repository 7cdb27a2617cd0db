package jlocal.router;

import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import org.jspecify.annotations.Nullable;

/** Rejects requests that an app could parse differently, and those that proxies do not serve. */
final class RequestCheck {
  private RequestCheck() {}

  /** Returns the response to a request that must be rejected; null if it may pass. */
  static @Nullable LocalResponse refusal(RequestHead head) {
    if (head.method().equals(Methods.CONNECT)) {
      return LocalResponse.text(405, "CONNECT is not supported.");
    }
    HeaderValues expect = head.headers().get(Headers.EXPECT);
    if (expect != null
        && (expect.size() > 1 || !expect.getFirst().equalsIgnoreCase("100-continue"))) {
      return LocalResponse.text(417, "The only supported expectation is 100-continue.");
    }
    String what = misleading(head);
    if (what != null) return LocalResponse.badRequest(what);
    String coding = head.headers().getFirst(Headers.TRANSFER_ENCODING);
    boolean isKnown = coding == null || coding.equalsIgnoreCase("chunked");
    return isKnown
        ? null
        : LocalResponse.text(501, "The only supported Transfer-Encoding is chunked.");
  }

  /** Returns the part that two servers could parse differently; null if there is none. */
  private static @Nullable String misleading(RequestHead head) {
    if (head.isHttp2() && misleads(head.headers())) return "a control character in a field";
    String framing = framing(head);
    if (framing != null) return framing;
    return isTarget(head) ? host(head) : "an invalid target";
  }

  /** Whether HTTP/2 fields contain line ends of HTTP/1.1 (RFC 9113, section 8.2.1). */
  private static boolean misleads(HeaderMap headers) {
    for (HeaderValues values : headers) {
      String name = values.getHeaderName().toString();
      if (hasBlank(name, name.length())) return true;
      for (String value : values) {
        if (hasControl(value, value.length())) return true;
      }
    }
    return false;
  }

  /** Whether the beginning of a text contains a control character other than TAB. */
  static boolean hasControl(String text, int end) {
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) return true;
    }
    return false;
  }

  /** Whether the beginning of a text contains a blank or a control character. */
  static boolean hasBlank(String text, int end) {
    for (int i = 0; i < end; i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) == 0x7f) return true;
    }
    return false;
  }

  /** Whether a text consists of ASCII letters, digits and these marks. */
  static boolean consistsOf(String text, String marks) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && !(c >= '0' && c <= '9') && marks.indexOf(c) < 0) return false;
    }
    return true;
  }

  private static @Nullable String framing(RequestHead head) {
    HeaderValues coding = head.headers().get(Headers.TRANSFER_ENCODING);
    HeaderValues length = head.headers().get(Headers.CONTENT_LENGTH);
    if (coding == null) {
      boolean valid =
          length == null || (length.size() == 1 && HeaderFields.length(length.getFirst()) >= 0);
      return valid ? null : "an invalid Content-Length";
    }
    if (length != null) return "both Content-Length and Transfer-Encoding";
    if (coding.size() > 1) return "two Transfer-Encodings";
    if (!head.isHttp11()) return "Transfer-Encoding in another version than HTTP/1.1";
    boolean isWrong = coding.getFirst().matches("(?i)chunked.+");
    return isWrong ? "a wrong Transfer-Encoding" : null;
  }

  /**
   * Accepts a path, a URL, or {@code *} for OPTIONS (RFC 9112, section 3.2), whatever else it
   * contains.
   */
  private static boolean isTarget(RequestHead head) {
    String target = head.target();
    if (hasBlank(target, target.length())) return false;
    if (target.startsWith("/")) return true;
    if (target.equals("*")) return head.method().equals(Methods.OPTIONS);
    return target.matches("[A-Za-z][A-Za-z0-9+.-]*://[^/?#]+.*");
  }

  private static @Nullable String host(RequestHead head) {
    String host = head.host();
    if (host == null) return head.isHttp11() ? "no Host" : null;
    if (head.headers().count(Headers.HOST) > 1) return "two Hosts";
    if (host.isEmpty()) return "an empty Host";
    // RFC 3986, section 3.2.2, and the colon before the port.
    if (!consistsOf(host, "-._~%!$&'()*+,;=:[]")) return "an invalid Host";
    String authority = head.authority();
    boolean same = authority == null || authority.equalsIgnoreCase(host);
    return same ? null : "a URL for another host than Host";
  }
}
