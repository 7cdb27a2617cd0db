package jlocal.os;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The environment in which the user typed {@code jlocal}. The launcher changes it for the JVM (a
 * UTF-8 locale, no JAVA_TOOL_OPTIONS) and keeps the original values under other names: {@code
 * JLOCAL_CALLER_LC_ALL} is {@code =C} if LC_ALL was C, and empty if it was unset. {@code
 * JLOCAL_CALLER_ODD} holds variables that the launcher's shell could not pass on.
 */
public final class CallerEnvironment {
  private static final String LENT = "JLOCAL_CALLER_";

  /** NAME=value pairs, each ended by NUL, in Base64. */
  private static final String ODD = LENT + "ODD";

  private CallerEnvironment() {}

  /**
   * Returns the changes to this process's environment that restore the caller's.
   *
   * @param environment this process's
   * @return null removes a variable
   */
  public static SequencedMap<String, @Nullable String> restore(Map<String, String> environment) {
    var changes = new LinkedHashMap<String, @Nullable String>();
    environment.forEach((name, value) -> {
      if (!name.startsWith(LENT)) return;
      changes.put(name, null);
      if (name.equals(ODD)) {
        changes.putAll(odd(value));
        return;
      }
      changes.put(name.substring(LENT.length()), value.isEmpty() ? null : value.substring(1));
    });
    return changes;
  }

  private static Map<String, String> odd(String encoded) {
    var found = new LinkedHashMap<String, String>();
    byte[] entries = Base64.getMimeDecoder().decode(encoded);
    for (String entry : new String(entries, StandardCharsets.UTF_8).split("\0", -1)) {
      int equals = entry.indexOf('=', 1);
      if (equals > 0) found.put(entry.substring(0, equals), entry.substring(equals + 1));
    }
    return found;
  }

  public static Map<String, String> environment() {
    var environment = new LinkedHashMap<>(System.getenv());
    apply(restore(environment), environment);
    return environment;
  }

  /** Applies changes to an environment; null removes a variable. */
  static void apply(Map<String, @Nullable String> changes, Map<String, String> environment) {
    changes.forEach((name, value) -> {
      if (value == null) environment.remove(name);
      else environment.put(name, value);
    });
  }
}
