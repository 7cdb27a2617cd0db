package jlocal.dashboard;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.Cookie;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Controls access to the page. Every request is checked here before it is routed.
 *
 * <p>A link can be used once. It sets a cookie with a random path: browsers do not separate cookies
 * by port, and the path hides it from other servers on this host. Requests that change something
 * need a second token, which only the page itself can read.
 */
final class AccessControl {
  static final String COOKIE = "jlocal";
  static final String TOKEN = "X-Jlocal-Token";

  private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final int MOST_LINKS = 16;
  private static final long LINK_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final int TOKEN_BYTES = 16;

  private final String root = "/" + random() + "/";
  private final String session = random();
  private final String token = random();

  /** When each unused link expires. */
  private final Map<String, Long> links = new LinkedHashMap<>();

  /**
   * The relevant fields of a request; a field that occurs twice is "".
   *
   * @param site Sec-Fetch-Site, of the page that caused the request
   * @param navigates whether the browser shows the response as its page
   */
  record Asked(
      String method,
      String path,
      @Nullable String host,
      @Nullable String origin,
      @Nullable String site,
      boolean navigates,
      @Nullable String cookie,
      @Nullable String token) {
    static Asked of(HttpServerExchange exchange) {
      HeaderMap fields = exchange.getRequestHeaders();
      Cookie cookie = exchange.getRequestCookie(COOKIE);
      return new Asked(
          exchange.getRequestMethod().toString(),
          exchange.getRequestPath(),
          single(fields, "Host"),
          single(fields, "Origin"),
          single(fields, "Sec-Fetch-Site"),
          "navigate".equals(single(fields, "Sec-Fetch-Mode"))
              && "document".equals(single(fields, "Sec-Fetch-Dest")),
          cookie == null ? null : cookie.getValue(),
          single(fields, TOKEN));
    }

    private static @Nullable String single(HeaderMap fields, String name) {
      HeaderValues values = fields.get(name);
      if (values == null) return null;
      return values.size() == 1 ? values.getFirst() : "";
    }

    private boolean isPost() {
      return method.equals("POST");
    }
  }

  /** Returns 128 random bits. */
  private static String random() {
    var bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Returns the path of the page; all other paths are below it. */
  String root() {
    return root;
  }

  /** Returns the value of the session cookie. */
  String session() {
    return session;
  }

  /** Returns the token for requests that change something. */
  String token() {
    return token;
  }

  /** Returns the path of a link that signs a browser in, once, within five minutes. */
  synchronized String newLink(long now) {
    links.values().removeIf(expires -> expires - now < 0);
    if (links.size() >= MOST_LINKS) links.remove(links.keySet().iterator().next());
    String key = random();
    links.put(key, now + LINK_NANOS);
    return login() + "?t=" + key;
  }

  private String login() {
    return root + "login";
  }

  /** Whether the key belongs to an unused link, which is then used. */
  synchronized boolean redeem(String key, long now) {
    String known = null;
    for (String each : links.keySet()) if (same(each, key)) known = each;
    Long expires = known == null ? null : links.remove(known);
    return expires != null && expires - now > 0;
  }

  /** Whether the request comes from a browser that is signed in. */
  boolean isSignedIn(Asked it) {
    return same(session, it.cookie);
  }

  /** Whether the request needs no cookie: it opens the page, or signs in. */
  boolean isEntrance(Asked it) {
    return it.path.equals("/") || it.path.equals(login());
  }

  /** Returns why a request is refused; null if it may be routed. Pure except for the tokens. */
  @Nullable String refusal(Asked it) {
    if (!isLocal(it.host)) return "this page is served only on 127.0.0.1 and localhost";
    if (!it.isPost() && !it.method.equals("GET")) return "only GET and POST are supported";
    boolean isOwn = ("http://" + it.host).equals(it.origin);
    if (it.origin != null ? !isOwn : it.isPost()) return "a request of another page";
    boolean elsewhere =
        it.site != null && !it.site.equals("same-origin") && !it.site.equals("none");
    boolean follows = isEntrance(it) && it.navigates && !it.isPost();
    if (elsewhere && !follows) return "a request of another page";
    if (isEntrance(it)) return it.isPost() ? "nothing to change here" : null;
    if (!isSignedIn(it)) {
      return "not signed in, or not to this run of the app: run 'jlocal dashboard' in its folder,"
          + " or press d in its log";
    }
    return it.isPost() && !same(token, it.token)
        ? "the page belongs to an earlier run: reload it"
        : null;
  }

  /** Accepts any port: that of a tunnel may differ. */
  private static boolean isLocal(@Nullable String host) {
    return host != null && HOSTS.contains(host.replaceFirst(":[0-9]{1,5}$", ""));
  }

  private static boolean same(String expected, @Nullable String given) {
    return given != null
        && MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
