package jlocal.router;

import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The header fields that mean something to the router. */
final class Fields {
  static final HttpString KEEP_ALIVE = new HttpString("Keep-Alive");
  static final HttpString PROXY_CONNECTION = new HttpString("Proxy-Connection");
  static final HttpString HTTP2_SETTINGS = new HttpString("HTTP2-Settings");
  static final HttpString VIA = new HttpString("Via");
  static final HttpString REQUEST_ID = new HttpString("X-Request-Id");
  static final HttpString REQUEST_START = new HttpString("X-Request-Start");
  static final HttpString FORWARDED_FOR = new HttpString("X-Forwarded-For");
  static final HttpString FORWARDED_PROTO = new HttpString("X-Forwarded-Proto");
  static final HttpString FORWARDED_PORT = new HttpString("X-Forwarded-Port");

  /** Meant for the next hop only (RFC 9110, section 7.6.1), and what HTTP/1.0 called so. */
  private static final HttpString[] HOPS = {
    Headers.CONNECTION,
    KEEP_ALIVE,
    PROXY_CONNECTION,
    HTTP2_SETTINGS,
    Headers.TE,
    Headers.TRANSFER_ENCODING,
    Headers.UPGRADE
  };

  private static final Set<HttpString> HOP_BY_HOP = Set.of(HOPS);

  /** What no client may have removed by naming it in Connection. */
  private static final Set<HttpString> END_TO_END =
      Set.of(Headers.HOST, Headers.CONTENT_LENGTH, Headers.COOKIE, Headers.AUTHORIZATION);

  private Fields() {}

  static boolean isHopByHop(HttpString name) {
    return HOP_BY_HOP.contains(name);
  }

  /** Removes what is meant for this hop only, what Connection names included. */
  static void stripHop(HeaderMap headers) {
    for (HttpString name : named(headers)) headers.remove(name);
    for (HttpString name : HOPS) {
      if (headers.contains(name)) headers.remove(name);
    }
  }

  /** The further fields that Connection names as meant for the next hop only. */
  static Set<HttpString> named(HeaderMap headers) {
    HeaderValues connection = headers.get(Headers.CONNECTION);
    if (connection == null || namesNone(connection)) return Set.of();
    var named = new HashSet<HttpString>();
    for (String value : connection) {
      for (String token : value.split(",", -1)) add(token.strip(), named);
    }
    return named;
  }

  /** What nearly every message has, and so is not taken apart. */
  private static boolean namesNone(HeaderValues connection) {
    String only = connection.getFirst();
    return connection.size() == 1
        && (only.equalsIgnoreCase("keep-alive") || only.equalsIgnoreCase("close"));
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

  /** Whether Connection holds this token. */
  static boolean connectionSays(HeaderMap headers, String token) {
    HeaderValues connection = headers.get(Headers.CONNECTION);
    if (connection == null) return false;
    for (String value : connection) {
      if (value.equalsIgnoreCase(token)) return true;
      if (value.indexOf(',') < 0) continue;
      for (String each : value.split(",", -1)) {
        if (each.strip().equalsIgnoreCase(token)) return true;
      }
    }
    return false;
  }

  /**
   * The protocols a client would go on with, for the app; null for none. TLS (RFC 2817) and other
   * versions of HTTP are a matter between client and router, which goes on with HTTP/1.1.
   */
  static @Nullable String upgrade(HeaderMap headers) {
    if (!headers.contains(Headers.UPGRADE) || !connectionSays(headers, "upgrade")) return null;
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
}
