package jlocal.router;

import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head of a response. Lines may end in LF alone, as simple servers write them; the client gets
 * a new head.
 *
 * @param headers for the client, without hop-by-hop fields
 * @param length of the body with {@link Framing#LENGTH}
 * @param upgrade the protocol of a 101; null if it names none
 * @param keepAliveSeconds until the instance closes the idle connection; 0 if it accepts no more
 *     requests
 */
record ResponseHead(
    int status,
    String reason,
    HeaderMap headers,
    Framing framing,
    long length,
    @Nullable String upgrade,
    int keepAliveSeconds) {
  /** In bytes; Heroku's limit for one line is 512 KiB. */
  static final int MAX_LENGTH = 512 * 1024;

  /** {@code HTTP/1.1 200}. */
  private static final int STATUS_LINE_LENGTH = 12;

  private static final int NO_LIMIT = Integer.MAX_VALUE;

  /** How the end of the body is determined (RFC 9112, section 6.3). */
  enum Framing {
    LENGTH,
    CHUNKED,
    UNTIL_CLOSE,
    /** The head contradicts itself. */
    BROKEN
  }

  /**
   * Parses a head; returns null if it is not HTTP, or has too many fields of one name.
   *
   * @param text one character per byte
   * @param into receives the fields of a final response; an informational one gets a map of its own
   * @param isHead whether the request was HEAD
   */
  static @Nullable ResponseHead parse(String text, HeaderMap into, boolean isHead) {
    String[] lines = HeadBuffer.lines(text);
    String line = withoutCr(lines[0]);
    int status = status(line);
    if (status < 100) return null;
    HeaderMap headers = status >= 200 || status == 101 ? into : new HeaderMap();
    headers.clear();
    for (int i = 1; i < lines.length; i++) {
      String field = lines[i];
      int colon = field.indexOf(':');
      if (field.isEmpty() || field.equals("\r")) break;
      if (colon < 1 || RequestCheck.hasBlank(field, colon)) return null;
      if (!HeaderFields.add(headers, field, colon)) return null;
    }
    boolean noBody = isHead || status < 200 || status == 204 || status == 304;
    Framing framing = noBody ? Framing.LENGTH : framing(headers);
    long length = noBody || framing != Framing.LENGTH ? 0 : length(headers);
    String upgrade = headers.getFirst(Headers.UPGRADE);
    int idle = isPersistent(line.charAt(7) == '1', headers) ? keepAlive(headers) : 0;
    HeaderFields.removeHopByHop(headers);
    String reason = line.substring(Math.min(line.length(), STATUS_LINE_LENGTH + 1));
    return new ResponseHead(status, reason, headers, framing, length, upgrade, idle);
  }

  /** Parses {@code HTTP/1.x SP 3DIGIT [SP reason]}; -1 if it is not one. */
  private static int status(String line) {
    boolean isHttp = line.length() >= STATUS_LINE_LENGTH && line.startsWith("HTTP/1.");
    if (!isHttp || line.charAt(8) != ' ') return -1;
    boolean ends = line.length() == STATUS_LINE_LENGTH || line.charAt(STATUS_LINE_LENGTH) == ' ';
    return ends ? (int) HeaderFields.length(line.substring(9, STATUS_LINE_LENGTH)) : -1;
  }

  private static String withoutCr(String line) {
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  private static Framing framing(HeaderMap headers) {
    boolean hasLength = headers.contains(Headers.CONTENT_LENGTH);
    if (headers.contains(Headers.TRANSFER_ENCODING)) {
      String coding = HeaderFields.joined(headers, Headers.TRANSFER_ENCODING);
      return !hasLength && coding.equalsIgnoreCase("chunked") ? Framing.CHUNKED : Framing.BROKEN;
    }
    if (!hasLength) return Framing.UNTIL_CLOSE;
    return length(headers) < 0 ? Framing.BROKEN : Framing.LENGTH;
  }

  /** Several equal values count as one; -1 if they are invalid. */
  private static long length(HeaderMap headers) {
    List<String> all = HeaderFields.members(headers, Headers.CONTENT_LENGTH);
    String first = all.getFirst();
    if (all.size() > 1) headers.put(Headers.CONTENT_LENGTH, first);
    return all.stream().allMatch(first::equals) ? HeaderFields.length(first) : -1;
  }

  private static boolean isPersistent(boolean http11, HeaderMap headers) {
    if (HeaderFields.connectionHas(headers, "close")) return false;
    return http11 || HeaderFields.connectionHas(headers, "keep-alive");
  }

  /** Parses {@code timeout=5, max=100}; 0 if the connection accepts no more requests. */
  private static int keepAlive(HeaderMap headers) {
    String text = HeaderFields.joined(headers, HeaderFields.KEEP_ALIVE);
    return parameter(text, "max=") == 0 ? 0 : parameter(text, "timeout=");
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
