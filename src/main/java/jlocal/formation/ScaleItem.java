package jlocal.formation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.procfile.ProcessType;
import org.jspecify.annotations.Nullable;

/**
 * An item of a formation: {@code web=2}, {@code web}, {@code all=1}.
 *
 * @param text as written
 * @param name before the equals sign
 * @param count after it; null if there is none
 */
record ScaleItem(String text, String name, @Nullable String count) {
  private static final Pattern BETWEEN = Pattern.compile("[,\\s]+");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  static List<ScaleItem> split(List<String> specs) {
    var items = new ArrayList<ScaleItem>();
    for (String spec : specs) {
      BETWEEN
          .splitAsStream(spec)
          .filter(word -> !word.isEmpty())
          .map(ScaleItem::of)
          .forEach(items::add);
    }
    return items;
  }

  private static ScaleItem of(String word) {
    int equals = word.indexOf('=');
    return equals < 0
        ? new ScaleItem(word, word, null)
        : new ScaleItem(word, word.substring(0, equals), word.substring(equals + 1));
  }

  /** Returns what is wrong with this item, or null. */
  @Nullable Problem problem() {
    if (!ProcessType.isName(name)) return error("is not TYPE or TYPE=N, such as web=2");
    if (count == null) return null;
    if (!NUMBER.matcher(count).matches())
      return error("is not TYPE=N with a number, such as web=2");
    return Integer.parseInt(count) <= Scale.MAX_INSTANCES
        ? null
        : error("asks for more than " + Scale.MAX_INSTANCES + " instances");
  }

  private Problem error(String what) {
    return Problem.error("'" + Printable.of(text) + "' " + what);
  }

  boolean isAll() {
    return name.equals("all");
  }

  ProcessType type() {
    return new ProcessType(name);
  }

  int countOr(int defaultCount) {
    return count == null ? defaultCount : Integer.parseInt(count);
  }
}
