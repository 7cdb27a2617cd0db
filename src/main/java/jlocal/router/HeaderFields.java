package jlocal.router;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The header fields that the router interprets. */
final class HeaderFields {
  static final HttpString KEEP_ALIVE = new HttpString("Keep-Alive");
  static final HttpString VIA = new HttpString("Via");
  static final HttpString REQUEST_ID = new HttpString("X-Request-Id");
  static final HttpString REQUEST_START = new HttpString("X-Request-Start");
  static final HttpString FORWARDED_FOR = new HttpString("X-Forwarded-For");
  static final HttpString FORWARDED_PROTO = new HttpString("X-Forwarded-Proto");
  static final HttpString FORWARDED_PORT = new HttpString("X-Forwarded-Port");

  /** Hop-by-hop fields (RFC 9110, section 7.6.1), including those of HTTP/1.0. */
  static final Set<HttpString> HOP_BY_HOP =
      Set.of(
          Headers.CONNECTION,
          KEEP_ALIVE,
          new HttpString("Proxy-Connection"),
          new HttpString("HTTP2-Settings"),
          Headers.TE,
          Headers.TRANSFER_ENCODING,
          Headers.UPGRADE);

  /** Further fields that, after a body, would change how the message is read. */
  private static final Set<HttpString> NO_TRAILERS =
      Set.of(Headers.CONTENT_LENGTH, Headers.HOST, Headers.TRAILER);

  /** Tokens of Connection that do not make a field hop-by-hop. */
  private static final Set<HttpString> NOT_HOP_BY_HOP =
      Set.of(
          Headers.HOST,
          Headers.CONTENT_LENGTH,
          Headers.COOKIE,
          Headers.AUTHORIZATION,
          new HttpString("close"),
          HttpString.EMPTY);

  /** Undertow's limit. */
  private static final int MAX_OF_A_NAME = 127;

  private static final String STICKY_COOKIE = "jlocal-session-affinity=";

  private HeaderFields() {}

  /**
   * Adds a field.
   *
   * @param line as {@code name: value}, one character per byte, perhaps with its CR
   * @return false if there are too many of this name
   */
  static boolean add(HeaderMap headers, String line, int colon) {
    String text = line.substring(0, colon);
    HttpString known = Headers.fromCache(text);
    HttpString name = known != null ? known : new HttpString(text);
    if (headers.count(name) >= MAX_OF_A_NAME) return false;
    int start = colon + 1;
    int end = line.length();
    while (start < end && line.charAt(start) <= ' ') start++;
    while (end > start && line.charAt(end - 1) <= ' ') end--;
    headers.add(name, line.substring(start, end));
    return true;
  }

  /** Returns the fields of a head that has been checked; its first line is skipped. */
  static HeaderMap parse(String head) {
    var headers = new HeaderMap();
    String[] lines = HeadBuffer.lines(head);
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) add(headers, lines[i], colon);
    }
    return headers;
  }

  /** Returns fields as a head with an empty first line. */
  static String text(HeaderMap headers) {
    var text = new StringBuilder();
    for (HeaderValues values : headers) {
      for (String value : values) {
        text.append('\n').append(values.getHeaderName()).append(": ").append(value);
      }
    }
    return text.toString();
  }

  /** Removes hop-by-hop fields, including those that Connection names. */
  static void removeHopByHop(HeaderMap headers) {
    for (HttpString name : namedByConnection(headers)) headers.remove(name);
    for (HttpString name : HOP_BY_HOP) {
      if (headers.contains(name)) headers.remove(name);
    }
  }

  /** Returns the fields that Connection names as hop-by-hop. */
  static Set<HttpString> namedByConnection(HeaderMap headers) {
    if (!headers.contains(Headers.CONNECTION)) return Set.of();
    var named = new HashSet<HttpString>();
    for (String token : members(headers, Headers.CONNECTION)) {
      HttpString name = HttpString.tryFromString(token);
      if (!NOT_HOP_BY_HOP.contains(name)) named.add(name);
    }
    return named;
  }

  /** Whether Connection contains a token. */
  static boolean connectionHas(HeaderMap headers, String token) {
    for (String each : members(headers, Headers.CONNECTION)) {
      if (each.equalsIgnoreCase(token)) return true;
    }
    return false;
  }

  /**
   * Returns the protocols of Upgrade to forward to the app; null for none. TLS (RFC 2817) and other
   * versions of HTTP concern only client and router, which stays with HTTP/1.1.
   */
  static @Nullable String upgrade(HeaderMap headers) {
    if (!headers.contains(Headers.UPGRADE) || !connectionHas(headers, "upgrade")) return null;
    String protocols =
        members(headers, Headers.UPGRADE).stream()
            .filter(each -> !each.matches("(?i)(|tls|http|h2|h2c)(/.*)?"))
            .collect(Collectors.joining(", "));
    return protocols.isEmpty() ? null : protocols;
  }

  /**
   * Returns the members of a list field, without surrounding blanks; empty members are empty texts.
   */
  static List<String> members(HeaderMap headers, HttpString name) {
    HeaderValues values = headers.get(name);
    if (values == null) return List.of();
    if (values.size() == 1 && values.getFirst().indexOf(',') < 0)
      return List.of(values.getFirst().strip());
    var members = new ArrayList<String>();
    for (String value : values) {
      for (String each : value.split(",", -1)) members.add(each.strip());
    }
    return members;
  }

  /** Returns all values of a field as one list; empty if there is none. */
  static String joined(HeaderMap headers, HttpString name) {
    HeaderValues values = headers.get(name);
    return values == null ? "" : String.join(", ", values);
  }

  /** Returns the value of a list field with one member appended. */
  static String appended(HeaderMap headers, HttpString name, String last) {
    String sent = joined(headers, name);
    return sent.isEmpty() ? last : sent + ", " + last;
  }

  /** Parses one Content-Length; -1 if it is invalid. */
  static long length(String text) {
    if (text.isEmpty() || text.length() > 18) return -1;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') return -1;
    }
    return Long.parseLong(text);
  }

  /**
   * Tells an HTTP/1.0 client that its connection stays open; Undertow removes the field if it does
   * not.
   */
  static void setKeepAlive(HttpServerExchange exchange) {
    if (!exchange.isHttp10() || !exchange.isPersistent()) return;
    exchange.getResponseHeaders().put(Headers.CONNECTION, "keep-alive");
  }

  /**
   * Whether a trailer is forwarded.
   *
   * @param field as {@code name: value}
   */
  static boolean isForwardableTrailer(String field) {
    String name = field.substring(0, field.indexOf(':'));
    if (!name.chars().allMatch(c -> c > ' ' && c < 127)) return false;
    var parsed = new HttpString(name);
    return !NO_TRAILERS.contains(parsed) && !HOP_BY_HOP.contains(parsed);
  }

  /**
   * Returns the label of the instance in the sticky cookie, such as {@code web.2}; null without a
   * cookie. A client that forges it merely chooses another instance.
   */
  static @Nullable String stickyInstance(HeaderMap request) {
    HeaderValues cookies = request.get(Headers.COOKIE);
    if (cookies == null) return null;
    for (String cookie : String.join(";", cookies).split(";", -1)) {
      String pair = cookie.strip();
      if (pair.startsWith(STICKY_COOKIE)) return pair.substring(STICKY_COOKIE.length());
    }
    return null;
  }

  /** Sets the sticky cookie, unless the client sent the same. */
  static void setStickyInstance(Backend backend, HeaderMap request, HeaderMap response) {
    if (backend.toString().equals(stickyInstance(request))) return;
    response.add(Headers.SET_COOKIE, STICKY_COOKIE + backend + "; Path=/; HttpOnly; SameSite=Lax");
  }
}
