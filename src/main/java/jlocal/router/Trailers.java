package jlocal.router;

import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Fields after a chunked body: those that would change how the message is read do not pass. */
final class Trailers {
  private static final Set<String> NEVER =
      Set.of(
          "connection",
          "content-length",
          "host",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private Trailers() {}

  /**
   * Whether a trailer goes on.
   *
   * @param field as {@code name: value}
   */
  static boolean mayPass(String field) {
    String name = name(field);
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) <= ' ' || name.charAt(i) >= 127) return false;
    }
    return !NEVER.contains(name.toLowerCase(Locale.ROOT));
  }

  static HeaderMap of(List<String> fields) {
    var map = new HeaderMap();
    for (String field : fields) {
      if (!mayPass(field)) continue;
      map.add(new HttpString(name(field)), field.substring(field.indexOf(':') + 1).strip());
    }
    return map;
  }

  private static String name(String field) {
    return field.substring(0, field.indexOf(':'));
  }
}
