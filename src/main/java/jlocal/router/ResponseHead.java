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

  private final int status;
  private final String reason;
  private final boolean http11;
  private final HeaderMap headers = new HeaderMap();

  private ResponseHead(int status, String reason, boolean http11) {
    this.status = status;
    this.reason = reason;
    this.http11 = http11;
  }

  int status() {
    return status;
  }

  String reason() {
    return reason;
  }

  HeaderMap headers() {
    return headers;
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

  /** The head in the first {@code end} bytes; null when it is not HTTP. */
  static @Nullable ResponseHead parse(byte[] bytes, int end, HeaderNames names) {
    int line = lineEnd(bytes, 0, end);
    ResponseHead head = statusLine(bytes, line);
    int at = line + 1;
    while (head != null && at < end) {
      int next = lineEnd(bytes, at, end);
      int stop = next > at && bytes[next - 1] == '\r' ? next - 1 : next;
      if (stop == at) return head;
      if (!head.field(bytes, at, stop, names)) return null;
      at = next + 1;
    }
    return head;
  }

  private static int lineEnd(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && bytes[at] != '\n') at++;
    return at;
  }

  /** {@code HTTP/1.x SP 3DIGIT [SP reason]}. */
  private static @Nullable ResponseHead statusLine(byte[] bytes, int end) {
    int stop = end > 0 && bytes[end - 1] == '\r' ? end - 1 : end;
    if (stop < 12 || !startsWith(bytes, "HTTP/1.") || bytes[8] != ' ') return null;
    int status = 0;
    for (int i = 9; i < 12; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') return null;
      status = status * 10 + bytes[i] - '0';
    }
    if (status < 100 || (stop > 12 && bytes[12] != ' ')) return null;
    String reason = stop > 13 ? text(bytes, 13, stop) : "";
    return new ResponseHead(status, reason, bytes[7] == '1');
  }

  private static boolean startsWith(byte[] bytes, String start) {
    for (int i = 0; i < start.length(); i++) {
      if (bytes[i] != start.charAt(i)) return false;
    }
    return true;
  }

  private boolean field(byte[] bytes, int from, int to, HeaderNames names) {
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

  Framing framing(boolean headAsked) {
    String coding = valueOf(Headers.TRANSFER_ENCODING);
    return Framing.of(headAsked, status, coding, valueOf(Headers.CONTENT_LENGTH));
  }

  private @Nullable String valueOf(HttpString name) {
    HeaderValues values = headers.get(name);
    if (values == null) return null;
    return values.size() == 1 ? values.getFirst() : String.join(",", values);
  }

  /** Whether the instance will take another request on this connection. */
  boolean keepsAlive() {
    if (!headers.contains(Headers.CONNECTION)) return http11;
    if (Fields.connectionSays(headers, "close")) return false;
    return http11 || Fields.connectionSays(headers, "keep-alive");
  }

  /** Seconds of idleness after which the instance closes, as {@code Keep-Alive} says; 0 if not. */
  int keepAliveSeconds() {
    String value = headers.getFirst(Fields.KEEP_ALIVE);
    if (value == null) return 0;
    int at = value.indexOf("timeout=");
    if (at < 0) return 0;
    String number = value.substring(at + 8).split("\\D", 2)[0];
    return number.isEmpty() || number.length() > 6 ? 0 : Integer.parseInt(number);
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
