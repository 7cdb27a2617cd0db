package jlocal.router;

import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Parses the head of a response. Lines may end in LF alone, as simple servers write them; the
 * client gets a new head.
 */
final class ResponseHead {
  /** In bytes; Heroku's limit for one line is 512 KiB. */
  static final int MAX_LENGTH = 512 * 1024;

  /** {@code HTTP/1.1 200}. */
  private static final int STATUS_LINE_LENGTH = 12;

  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private final int status;
  private final String reason;
  private final HeaderMap headers;
  private final @Nullable String transferEncoding;
  private final @Nullable String contentLength;
  private final @Nullable String upgrade;
  private final int keepAliveSeconds;

  /** Reads the hop-by-hop fields, then removes them. */
  private ResponseHead(int status, String reason, boolean http11, HeaderMap headers) {
    this.status = status;
    this.reason = reason;
    this.headers = headers;
    transferEncoding = valueOf(Headers.TRANSFER_ENCODING);
    contentLength = valueOf(Headers.CONTENT_LENGTH);
    upgrade = headers.getFirst(Headers.UPGRADE);
    keepAliveSeconds = isPersistent(http11) ? timeout(valueOf(HeaderFields.KEEP_ALIVE)) : 0;
    HeaderFields.removeHopByHop(headers);
  }

  int status() {
    return status;
  }

  String reason() {
    return reason;
  }

  /** The fields for the client. */
  HeaderMap headers() {
    return headers;
  }

  /** The protocol of a 101; null if it names none. */
  @Nullable String upgrade() {
    return upgrade;
  }

  /** Seconds until the instance closes the idle connection; 0 if it takes no more requests. */
  int keepAliveSeconds() {
    return keepAliveSeconds;
  }

  /**
   * How the body ends.
   *
   * @param head whether the request was HEAD
   */
  BodyFraming framing(boolean head) {
    return BodyFraming.of(head, status, transferEncoding, contentLength);
  }

  /** The index after the empty line that ends the head; -1 if it has not come yet. */
  static int end(byte[] bytes, int from, int length) {
    for (int i = Math.max(from - 3, 0); i < length; i++) {
      if (bytes[i] != '\n') continue;
      if (i + 1 < length && bytes[i + 1] == '\n') return i + 2;
      if (i + 2 < length && bytes[i + 1] == '\r' && bytes[i + 2] == '\n') return i + 3;
    }
    return -1;
  }

  /**
   * Parses the head in the first {@code end} bytes; null if it is not HTTP.
   *
   * @param into takes the fields of a final response; an informational one gets a map of its own
   */
  static @Nullable ResponseHead parse(byte[] bytes, int end, HeaderMap into) {
    int lineEnd = lineEnd(bytes, 0, end);
    String line = new String(bytes, 0, trimmed(bytes, 0, lineEnd), StandardCharsets.ISO_8859_1);
    int status = status(line);
    if (status < 0) return null;
    HeaderMap headers = status >= 200 || status == 101 ? into : new HeaderMap();
    headers.clear();
    int at = lineEnd + 1;
    while (at < end) {
      lineEnd = lineEnd(bytes, at, end);
      int stop = trimmed(bytes, at, lineEnd);
      if (stop == at) break;
      if (!field(headers, bytes, at, stop)) return null;
      at = lineEnd + 1;
    }
    String reason =
        line.length() > STATUS_LINE_LENGTH ? line.substring(STATUS_LINE_LENGTH + 1) : "";
    return new ResponseHead(status, reason, line.charAt(7) == '1', headers);
  }

  private static int lineEnd(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && bytes[at] != '\n') at++;
    return at;
  }

  private static int trimmed(byte[] bytes, int from, int lineEnd) {
    return lineEnd > from && bytes[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
  }

  /** From {@code HTTP/1.x SP 3DIGIT [SP reason]}; -1 if it is none. */
  private static int status(String line) {
    if (line.length() < STATUS_LINE_LENGTH || !line.startsWith("HTTP/1.")) return -1;
    boolean spaced = line.length() == STATUS_LINE_LENGTH || line.charAt(STATUS_LINE_LENGTH) == ' ';
    if (line.charAt(8) != ' ' || !spaced) return -1;
    int status = 0;
    for (int i = 9; i < STATUS_LINE_LENGTH; i++) {
      if (line.charAt(i) < '0' || line.charAt(i) > '9') return -1;
      status = status * 10 + line.charAt(i) - '0';
    }
    return status < 100 ? -1 : status;
  }

  private static boolean field(HeaderMap headers, byte[] bytes, int from, int to) {
    int colon = from;
    while (colon < to && bytes[colon] != ':') {
      if (bytes[colon] <= ' ') return false;
      colon++;
    }
    if (colon == from || colon == to) return false;
    headers.add(HeaderFields.name(bytes, from, colon), HeaderFields.value(bytes, colon + 1, to));
    return true;
  }

  private @Nullable String valueOf(HttpString name) {
    return headers.contains(name) ? String.join(",", headers.get(name)) : null;
  }

  private boolean isPersistent(boolean http11) {
    if (!headers.contains(Headers.CONNECTION)) return http11;
    if (HeaderFields.connectionHas(headers, "close")) return false;
    return http11 || HeaderFields.connectionHas(headers, "keep-alive");
  }

  /** From {@code timeout=5, max=100}; 0 if the connection takes no more requests. */
  private static int timeout(@Nullable String keepAlive) {
    if (keepAlive == null) return NO_LIMIT;
    return parameter(keepAlive, "max=") == 0 ? 0 : parameter(keepAlive, "timeout=");
  }

  private static int parameter(String text, String name) {
    int start = text.indexOf(name) + name.length();
    if (start < name.length()) return NO_LIMIT;
    int end = start;
    while (end < text.length() && Character.isDigit(text.charAt(end))) end++;
    boolean isNumber = end > start && end - start < 7;
    return isNumber ? Integer.parseInt(text, start, end, 10) : NO_LIMIT;
  }
}
