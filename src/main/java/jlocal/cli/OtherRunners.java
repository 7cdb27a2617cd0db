package jlocal.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What to do here instead of what another runner has: the table {@code other-runners.txt}. Read
 * only when something was mistyped.
 */
final class OtherRunners {
  static final String COMMANDS = "command";
  static final String RUN = "run";

  private static final String ANY = "any";
  private static final String TABLE = "other-runners.txt";

  private OtherRunners() {}

  /** A line of the table. */
  record Entry(String where, List<String> names, String whose, String answer) {
    private static Entry of(String line) {
      List<String> cells = List.of(line.split(" \\| ", 4));
      return new Entry(cells.get(0), List.of(cells.get(1).split(", ")), cells.get(2), cells.get(3));
    }

    private boolean isFor(String place, String name) {
      boolean isAny = where.equals(ANY) && name.startsWith("-");
      return (isAny || where.equals(place)) && names.contains(name);
    }
  }

  static List<Entry> all() {
    try (InputStream table = OtherRunners.class.getResourceAsStream(TABLE)) {
      String text =
          new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Entry::of)
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Which runner has a name, and what to do here; null for a name that none has.
   *
   * @param where the command whose option it is, {@link #COMMANDS} or {@link #RUN}
   */
  static @Nullable String instead(String where, String name) {
    String place = where.equals("check") ? "start" : where;
    List<Entry> entries = all().stream().filter(entry -> entry.isFor(place, name)).toList();
    if (entries.isEmpty()) return null;
    return entries.stream()
        .map(entry -> "of " + entry.whose() + ": " + entry.answer())
        .collect(Collectors.joining("; ", "'" + name + "' ", ""));
  }
}
