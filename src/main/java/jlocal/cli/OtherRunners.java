package jlocal.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jlocal.text.ResourceTable;
import org.jspecify.annotations.Nullable;

/**
 * Translates the options, variables and keys of other runners, by the table {@code
 * other-runners.txt}. Read only for a mistyped word, or a variable or file of another runner.
 */
final class OtherRunners {
  static final String COMMANDS = "command";
  static final String RUN = "run";
  static final String VARIABLES = "variable";

  private static final String ANY = "any";

  private static final List<Entry> ALL =
      ResourceTable.lines(OtherRunners.class, "other-runners.txt").stream().map(Entry::of).toList();

  private OtherRunners() {}

  /**
   * A line of the table.
   *
   * @param names with the value they take: {@code --socket SOCK}
   */
  record Entry(String where, List<String> names, String whose, String answer) {
    private static Entry of(String line) {
      List<String> cells = List.of(line.split(" \\| ", 4));
      return new Entry(cells.get(0), List.of(cells.get(1).split(", ")), cells.get(2), cells.get(3));
    }

    /** Returns the names without values. */
    List<String> words() {
      return names.stream().map(name -> name.split(" ", 2)[0]).toList();
    }

    /** Returns the placeholder after one of its names; empty for none. */
    private String placeholder(String name) {
      String named = names.stream().filter(it -> it.startsWith(name + " ")).findFirst().orElse("");
      return named.isEmpty() ? "" : named.substring(name.length() + 1);
    }

    boolean isSame() {
      return answer.equals("same");
    }

    boolean isIgnored() {
      return answer.equals("ignored");
    }

    /** Returns jlocal's setting for a variable or key; null for none. */
    @Nullable String setting() {
      return answer.startsWith("= ") ? answer.substring(2) : null;
    }

    boolean isFor(String place, String name) {
      boolean isAny = where.equals(ANY) && name.startsWith("-");
      return (isAny || where.equals(place))
          && words().stream()
              .anyMatch(word ->
                  word.endsWith("*")
                      ? name.startsWith(word.substring(0, word.length() - 1))
                      : word.equals(name));
    }

    /** Whether one of its names takes such a value, or none. */
    boolean takes(String name, @Nullable String value) {
      String placeholder = placeholder(name);
      if (value == null || placeholder.isEmpty()) return value == null && placeholder.isEmpty();
      return value.matches(form(placeholder));
    }

    /** Returns the pattern for a placeholder of the table. */
    private static String form(String placeholder) {
      return switch (placeholder) {
        case "N" -> "[0-9.]+";
        case "PORT" -> "[0-9]+(,[0-9]+)*";
        case "TYPE" -> "[A-Za-z][A-Za-z0-9_,-]*";
        case "TYPE=N" -> ".*=[0-9].*";
        case "TYPE=SIGNAL" -> ".*=[A-Z].*";
        case "FILE" -> ".*\\.ya?ml|.*/.*";
        case "SOCK" -> ".*[./].*";
        case "ADDRESS" -> ".*:[0-9]+";
        case "TEXT" -> ".*[{ ].*|index|pid|time|command|name|none";
        case "FORMAT" -> ".*(yy|HH|mm).*|json|wide";
        case "COUNT" -> "[0-9]+%?";
        case "CONDITION" -> "first|last|all|!?command-.*";
        case "HOST" -> "[A-Za-z0-9.:-]+";
        case "COLORS" -> "[0-9]{1,3}(,[0-9]{1,3})*|(#|auto|bg|bold|red|green|yellow|blue|cyan).*";
        default -> ".*";
      };
    }
  }

  static List<Entry> all() {
    return ALL;
  }

  /** Returns the entry of a variable or of a key in a file; null if no runner has it. */
  static @Nullable Entry find(String where, String name) {
    return all().stream().filter(entry -> entry.isFor(where, name)).findFirst().orElse(null);
  }

  /** As {@link #instead(String, String, String)} for a word that takes no value. */
  static @Nullable String instead(String where, String name) {
    return instead(where, name, null);
  }

  /**
   * Returns which runner has a name, and what to do here; null for an unknown name.
   *
   * @param where the command whose option it is, {@link #COMMANDS} or {@link #RUN}
   * @param value the typed value, which distinguishes equal names of several runners
   */
  static @Nullable String instead(String where, String name, @Nullable String value) {
    List<Entry> entries = entries(where, name);
    String meant = text(name, fitting(entries, name, value));
    if (meant == null) meant = text(name, fitting(entries, name, null));
    return meant == null ? text(name, entries) : meant;
  }

  /**
   * Returns the meaning of an option of jlocal in other runners; null unless one of them takes such
   * a value, other than a number, after the name.
   */
  static @Nullable String meant(String where, String name, @Nullable String value) {
    var fitting = new ArrayList<>(fitting(entries(where, name), name, value));
    fitting.removeIf(entry -> entry.placeholder(name).equals("N"));
    return text(name, fitting);
  }

  private static List<Entry> entries(String where, String name) {
    String place = where.equals("check") ? "start" : where;
    return all().stream().filter(entry -> entry.isFor(place, name) && !entry.isSame()).toList();
  }

  private static @Nullable String text(String name, List<Entry> entries) {
    if (entries.isEmpty()) return null;
    var whose = new LinkedHashMap<String, Set<String>>();
    for (Entry entry : entries) {
      whose.computeIfAbsent(entry.answer(), _ -> new LinkedHashSet<>()).add(entry.whose());
    }
    return whose.entrySet().stream()
        .map(each -> "of " + String.join(", ", each.getValue()) + ": " + each.getKey())
        .collect(Collectors.joining("; ", "'" + name + "' ", ""));
  }

  private static List<Entry> fitting(List<Entry> entries, String name, @Nullable String value) {
    return entries.stream().filter(entry -> entry.takes(name, value)).toList();
  }
}
