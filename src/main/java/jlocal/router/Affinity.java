package jlocal.router;

import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The cookie that brings a client back to the instance that answered it first, as Heroku's session
 * affinity does. It names the instance; a client that forges it only chooses one.
 */
final class Affinity {
  private static final String NAME = "jlocal-session-affinity=";

  private Affinity() {}

  /** Label of the instance a client had before, such as {@code web.2}; null when it says none. */
  static @Nullable String preferred(HeaderMap request) {
    HeaderValues cookies = request.get(Headers.COOKIE);
    if (cookies == null) return null;
    for (String line : cookies) {
      for (String cookie : line.split(";", -1)) {
        String each = cookie.strip();
        if (each.startsWith(NAME)) return each.substring(NAME.length());
      }
    }
    return null;
  }

  /** Has the client remember an instance, unless it does. */
  static void remember(Backend backend, HeaderMap request, HeaderMap response) {
    if (backend.toString().equals(preferred(request))) return;
    response.add(Headers.SET_COOKIE, NAME + backend + "; Path=/; HttpOnly; SameSite=Lax");
  }
}
