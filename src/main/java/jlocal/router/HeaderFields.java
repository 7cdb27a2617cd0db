package jlocal.router;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The header fields that have a meaning for the router. */
final class HeaderFields {
  static final HttpString KEEP_ALIVE = new HttpString("Keep-Alive");
  static final HttpString PROXY_CONNECTION = new HttpString("Proxy-Connection");
  static final HttpString HTTP2_SETTINGS = new HttpString("HTTP2-Settings");
  static final HttpString VIA = new HttpString("Via");
  static final HttpString REQUEST_ID = new HttpString("X-Request-Id");
  static final HttpString REQUEST_START = new HttpString("X-Request-Start");
  static final HttpString FORWARDED_FOR = new HttpString("X-Forwarded-For");
  static final HttpString FORWARDED_PROTO = new HttpString("X-Forwarded-Proto");
  static final HttpString FORWARDED_PORT = new HttpString("X-Forwarded-Port");

  /** Hop-by-hop fields (RFC 9110, section 7.6.1), including those of HTTP/1.0. */
  private static final Set<HttpString> HOP_BY_HOP =
      Set.of(
          Headers.CONNECTION,
          KEEP_ALIVE,
          PROXY_CONNECTION,
          HTTP2_SETTINGS,
          Headers.TE,
          Headers.TRANSFER_ENCODING,
          Headers.UPGRADE);

  private static final String STICKY_COOKIE = "jlocal-session-affinity=";

  /** Fields after a chunked body that would change how the message is read. */
  private static final Set<String> NO_TRAILERS =
      Set.of(
          "connection",
          "content-length",
          "host",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** Fields that Connection cannot make hop-by-hop. */
  private static final Set<HttpString> END_TO_END =
      Set.of(Headers.HOST, Headers.CONTENT_LENGTH, Headers.COOKIE, Headers.AUTHORIZATION);

  private HeaderFields() {}

  /** A field name from its bytes. */
  static HttpString name(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    HttpString known = Headers.fromCache(text);
    return known != null ? known : new HttpString(text);
  }

  /** A field value from its bytes, one character for each, without blanks around it. */
  static String value(byte[] bytes, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && isBlank(bytes[start])) start++;
    while (end > start && isBlank(bytes[end - 1])) end--;
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  static boolean isHopByHop(HttpString name) {
    return HOP_BY_HOP.contains(name);
  }

  /** Removes hop-by-hop fields and those that Connection names. */
  static void removeHopByHop(HeaderMap headers) {
    for (HttpString name : namedByConnection(headers)) headers.remove(name);
    for (HttpString name : HOP_BY_HOP) {
      if (headers.contains(name)) headers.remove(name);
    }
  }

  /** Further fields that Connection names as hop-by-hop. */
  static Set<HttpString> namedByConnection(HeaderMap headers) {
    HeaderValues connection = headers.get(Headers.CONNECTION);
    if (connection == null) return Set.of();
    String only = connection.getFirst();
    if (only.equalsIgnoreCase("keep-alive") && connection.size() == 1) return Set.of();
    var named = new HashSet<HttpString>();
    for (String value : connection) {
      for (String token : value.split(",", -1)) add(token.strip(), named);
    }
    return named;
  }

  private static void add(String token, Set<HttpString> named) {
    switch (token.toLowerCase(Locale.ROOT)) {
      case "", "close", "keep-alive", "upgrade" -> {}
      default -> {
        HttpString name = HttpString.tryFromString(token);
        if (!END_TO_END.contains(name)) named.add(name);
      }
    }
  }

  /** Whether Connection contains a token. */
  static boolean connectionHas(HeaderMap headers, String token) {
    HeaderValues connection = headers.get(Headers.CONNECTION);
    if (connection == null) return false;
    for (String value : connection) {
      for (String each : value.split(",", -1)) {
        if (each.strip().equalsIgnoreCase(token)) return true;
      }
    }
    return false;
  }

  /**
   * The protocols of Upgrade that are forwarded to the app; null for none. TLS (RFC 2817) and other
   * versions of HTTP concern only client and router, which stays with HTTP/1.1.
   */
  static @Nullable String upgrade(HeaderMap headers) {
    if (!headers.contains(Headers.UPGRADE) || !connectionHas(headers, "upgrade")) return null;
    var protocols = new ArrayList<String>();
    for (String each : joined(headers, Headers.UPGRADE).split(",", -1)) {
      String name = each.split("/", 2)[0].strip().toLowerCase(Locale.ROOT);
      switch (name) {
        case "", "tls", "http", "h2", "h2c" -> {}
        default -> protocols.add(each.strip());
      }
    }
    return protocols.isEmpty() ? null : String.join(", ", protocols);
  }

  /** All values of a field as one list; empty when there is none. */
  static String joined(HeaderMap headers, HttpString name) {
    HeaderValues values = headers.get(name);
    if (values == null) return "";
    return values.size() == 1 ? values.getFirst() : String.join(", ", values);
  }

  /** The value of a list field with one member appended. */
  static String appended(HeaderMap headers, HttpString name, String last) {
    String sent = joined(headers, name);
    return sent.isEmpty() ? last : sent + ", " + last;
  }

  /** Tells a client of HTTP/1.0 that its connection stays open; Undertow removes it if not. */
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
    return name.chars().allMatch(c -> c > ' ' && c < 127)
        && !NO_TRAILERS.contains(name.toLowerCase(Locale.ROOT));
  }

  /** The forwardable ones of {@code name: value} trailers. */
  static HeaderMap trailers(List<String> fields) {
    var map = new HeaderMap();
    for (String field : fields) {
      if (!isForwardableTrailer(field)) continue;
      int colon = field.indexOf(':');
      map.add(new HttpString(field.substring(0, colon)), field.substring(colon + 1).strip());
    }
    return map;
  }

  /**
   * Label of the instance in the sticky cookie, such as {@code web.2}; null without a cookie. A
   * client that forges it only chooses another instance.
   */
  static @Nullable String stickyInstance(HeaderMap request) {
    HeaderValues cookies = request.get(Headers.COOKIE);
    if (cookies == null) return null;
    for (String cookie : String.join(";", cookies).split(";", -1)) {
      if (cookie.strip().startsWith(STICKY_COOKIE)) {
        return cookie.strip().substring(STICKY_COOKIE.length());
      }
    }
    return null;
  }

  /** Sets the sticky cookie, unless the client sent the same. */
  static void setStickyInstance(Backend backend, HeaderMap request, HeaderMap response) {
    if (backend.toString().equals(stickyInstance(request))) return;
    response.add(Headers.SET_COOKIE, STICKY_COOKIE + backend + "; Path=/; HttpOnly; SameSite=Lax");
  }
}
