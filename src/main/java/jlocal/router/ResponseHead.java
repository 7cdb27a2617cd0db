package jlocal.router;

import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of a response from bytes. Lines may end in LF alone, as simple servers have it;
 * what goes on to the client is written anew.
 */
final class ResponseHead {
  /** More than any server sends; Heroku's limit for one line is 512 KiB. */
  static final int LONGEST = 512 * 1024;

  /** For an instance that does not say when it closes idle connections. */
  static final int SILENT = Integer.MAX_VALUE;

  private final int status;
  private final String reason;
  private final HeaderMap headers;
  private final @Nullable String coding;
  private final @Nullable String length;
  private final @Nullable String protocol;
  private final int idleSeconds;

  /** Takes what matters for this hop out of the fields, and leaves those for the client. */
  private ResponseHead(Status line, HeaderMap headers) {
    status = line.code();
    reason = line.reason();
    this.headers = headers;
    coding = valueOf(Headers.TRANSFER_ENCODING);
    length = valueOf(Headers.CONTENT_LENGTH);
    protocol = headers.getFirst(Headers.UPGRADE);
    idleSeconds = keepsAlive(line.http11()) ? idleSeconds() : -1;
    Fields.stripHop(headers);
  }

  private record Status(int code, String reason, boolean http11) {}

  int status() {
    return status;
  }

  String reason() {
    return reason;
  }

  /** The fields that are for the client. */
  HeaderMap headers() {
    return headers;
  }

  /** The protocol an upgrade goes on with; null when none is named. */
  @Nullable String protocol() {
    return protocol;
  }

  /**
   * Seconds of idleness after which the instance closes the connection; {@link #SILENT} when it
   * does not say, 0 or less when it takes no further request.
   */
  int keepAliveSeconds() {
    return idleSeconds;
  }

  Framing framing(boolean headAsked) {
    return Framing.of(headAsked, status, coding, length);
  }

  /** Where the head ends: the index after its empty line; -1 when that has not come yet. */
  static int end(byte[] bytes, int from, int length) {
    for (int i = Math.max(from - 3, 0); i < length; i++) {
      if (bytes[i] != '\n') continue;
      if (i + 1 < length && bytes[i + 1] == '\n') return i + 2;
      if (i + 2 < length && bytes[i + 1] == '\r' && bytes[i + 2] == '\n') return i + 3;
    }
    return -1;
  }

  /**
   * The head in the first {@code end} bytes; null when it is not HTTP.
   *
   * @param into takes the fields of a final response; those of an informational one are apart
   */
  static @Nullable ResponseHead parse(byte[] bytes, int end, HeaderNames names, HeaderMap into) {
    int line = lineEnd(bytes, 0, end);
    Status status = statusLine(bytes, line);
    if (status == null) return null;
    boolean last = status.code() >= 200 || status.code() == 101;
    HeaderMap headers = last ? into : new HeaderMap();
    headers.clear();
    int at = line + 1;
    while (at < end) {
      int next = lineEnd(bytes, at, end);
      int stop = next > at && bytes[next - 1] == '\r' ? next - 1 : next;
      if (stop == at) break;
      if (!field(headers, bytes, at, stop, names)) return null;
      at = next + 1;
    }
    return new ResponseHead(status, headers);
  }

  private static int lineEnd(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && bytes[at] != '\n') at++;
    return at;
  }

  /** {@code HTTP/1.x SP 3DIGIT [SP reason]}. */
  private static @Nullable Status statusLine(byte[] bytes, int end) {
    int stop = end > 0 && bytes[end - 1] == '\r' ? end - 1 : end;
    if (stop < 12 || !startsWith(bytes, "HTTP/1.") || bytes[8] != ' ') return null;
    int status = 0;
    for (int i = 9; i < 12; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') return null;
      status = status * 10 + bytes[i] - '0';
    }
    if (status < 100 || (stop > 12 && bytes[12] != ' ')) return null;
    String reason = stop > 13 ? text(bytes, 13, stop) : "";
    return new Status(status, reason, bytes[7] == '1');
  }

  private static boolean startsWith(byte[] bytes, String start) {
    for (int i = 0; i < start.length(); i++) {
      if (bytes[i] != start.charAt(i)) return false;
    }
    return true;
  }

  private static boolean field(
      HeaderMap headers, byte[] bytes, int from, int to, HeaderNames names) {
    int colon = from;
    while (colon < to && bytes[colon] != ':') {
      if (bytes[colon] <= ' ') return false;
      colon++;
    }
    if (colon == from || colon == to) return false;
    int start = colon + 1;
    int stop = to;
    while (start < stop && isBlank(bytes[start])) start++;
    while (stop > start && isBlank(bytes[stop - 1])) stop--;
    headers.add(names.name(bytes, from, colon), text(bytes, start, stop));
    return true;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private @Nullable String valueOf(HttpString name) {
    HeaderValues values = headers.get(name);
    if (values == null) return null;
    return values.size() == 1 ? values.getFirst() : String.join(",", values);
  }

  private boolean keepsAlive(boolean http11) {
    if (!headers.contains(Headers.CONNECTION)) return http11;
    if (Fields.connectionSays(headers, "close")) return false;
    return http11 || Fields.connectionSays(headers, "keep-alive");
  }

  /** From {@code Keep-Alive: timeout=5, max=100}; 0 when no further request is taken. */
  private int idleSeconds() {
    String value = headers.getFirst(Fields.KEEP_ALIVE);
    if (value == null) return SILENT;
    return parameter(value, "max=") == 0 ? 0 : parameter(value, "timeout=");
  }

  private static int parameter(String value, String name) {
    int at = value.indexOf(name);
    return at < 0 ? SILENT : seconds(value, at + name.length());
  }

  private static int seconds(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') end++;
    boolean none = end == start || end - start > 6;
    return none ? SILENT : Integer.parseInt(text, start, end, 10);
  }

  /**
   * Recognises header names without making strings of them: a server sends the same ten with every
   * response.
   */
  static final class HeaderNames {
    private static final int SIZE = 1024;
    private final @Nullable HttpString[] known = new @Nullable HttpString[SIZE];

    HttpString name(byte[] bytes, int from, int to) {
      int hash = 0;
      for (int i = from; i < to; i++) hash = hash * 31 + bytes[i];
      int slot = (hash ^ (hash >>> 15)) & (SIZE - 1);
      HttpString name = known[slot];
      if (name != null && same(name, bytes, from, to)) return name;
      HttpString made = new HttpString(Arrays.copyOfRange(bytes, from, to));
      known[slot] = made;
      return made;
    }

    private static boolean same(HttpString name, byte[] bytes, int from, int to) {
      if (name.length() != to - from) return false;
      for (int i = from; i < to; i++) {
        if (name.byteAt(i - from) != bytes[i]) return false;
      }
      return true;
    }
  }
}
