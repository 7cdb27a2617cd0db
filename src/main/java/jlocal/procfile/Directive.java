package jlocal.procfile;

import java.util.Arrays;
import java.util.Locale;
import jlocal.problem.Nearest;
import jlocal.problem.Origin;
import jlocal.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A directive on the start of a process type: {@code after=db,redis}, in a comment above the type,
 * or in the settings file as {@code after.web: db redis}.
 */
public record Directive(Key key, String value, Origin origin) {
  /** The subject of a directive. */
  public enum Key {
    /** The types that must be ready before this one starts. */
    AFTER,
    /** The readiness check. */
    READY,
    /** How many seconds others wait for its readiness. */
    TIMEOUT,
    /** It is restarted after this many seconds without WATCHDOG=1. */
    WATCHDOG;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the key of a word; null if there is none. */
    public static @Nullable Key of(String word) {
      for (Key key : values()) if (key.word().equals(word)) return key;
      return null;
    }

    /** Returns the message for a mistyped key: {@code unknown 'aftr'; did you mean 'after'?}. */
    public static String unknown(String word) {
      var words = Arrays.stream(values()).map(Key::word).toList();
      String meant = Nearest.hint(word, words);
      return "unknown '"
          + word
          + "'"
          + (meant.isEmpty() ? "; there are " + String.join(", ", words) : meant);
    }
  }

  /** Returns an error about the value, at the directive's origin. */
  public Problem error(String what) {
    return origin.error(key.word(), what);
  }
}
