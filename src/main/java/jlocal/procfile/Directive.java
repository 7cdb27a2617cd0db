package jlocal.procfile;

import java.util.Arrays;
import java.util.Locale;
import jlocal.problem.Nearest;
import jlocal.problem.Origin;
import jlocal.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What is said about the start of one process type, as text: {@code after=db,redis}. It stands in a
 * comment above the type, or in the settings file as {@code after.web: db redis}.
 */
public record Directive(Key key, String value, Origin origin) {
  /** What can be said. */
  public enum Key {
    /** The types that must be ready first. */
    AFTER,
    /** How it is found out that it is ready. */
    READY,
    /** For how many seconds others wait for it. */
    TIMEOUT,
    /** After how many seconds without WATCHDOG=1 it is restarted. */
    WATCHDOG;

    /** As it is written. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The key of that word; null when it is none. */
    public static @Nullable Key of(String word) {
      for (Key key : values()) if (key.word().equals(word)) return key;
      return null;
    }

    /** What a mistyped key is answered with: {@code unknown 'aftr'; did you mean 'after'?}. */
    public static String unknown(String word) {
      var words = Arrays.stream(values()).map(Key::word).toList();
      String near = Nearest.of(word, words);
      return near == null
          ? "unknown '%s'; there are %s".formatted(word, String.join(", ", words))
          : "unknown '%s'; did you mean '%s'?".formatted(word, near);
    }
  }

  /** An error about its value, at its place. */
  public Problem error(String what) {
    return origin.error(key.word(), what);
  }
}
