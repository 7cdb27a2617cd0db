package jlocal.cli;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.problem.Nearest;
import jlocal.problem.Origin;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.text.TextFile;
import org.jspecify.annotations.Nullable;

/**
 * A {@code .jlocal} file, or Foreman's {@code .foreman}: {@code key: value} or {@code key=value} on
 * each line, flat, with {@code #} comments and quotes as in YAML.
 *
 * @param shownAs the file as messages name it
 * @param entries the last of the file first, so that it wins
 */
record SettingsFile(String shownAs, List<Entry> entries) {
  private static final Pattern LINE =
      Pattern.compile("([A-Za-z][A-Za-z0-9_-]*)\\s*(?::(?=\\s|$)|=)\\s*(.*)");
  private static final Pattern QUOTED = Pattern.compile("(['\"])(.*)\\1\\s*(?:#.*)?");
  private static final Pattern COMMENT = Pattern.compile("(?:^|\\s)#.*");

  /** What a {@code .foreman} file may hold for {@code foreman export}. */
  private static final Set<String> FOREMAN_EXPORT =
      Set.of("app", "log", "run", "template", "user", "location");

  /** A line of the file. */
  record Entry(int line, String key, String text) {}

  /** The settings file of a folder; null when there is none. */
  static @Nullable Reading<SettingsFile> in(Path folder) {
    Reading<SettingsFile> file = read(folder.resolve(".jlocal"));
    return file == null ? read(folder.resolve(".foreman")) : file;
  }

  private static @Nullable Reading<SettingsFile> read(Path file) {
    if (Files.isDirectory(file)) return null;
    String shownAs = file.toString();
    try {
      Reading<String> text = TextFile.read(file, shownAs);
      if (!text.hasErrors()) return parse(text.value(), shownAs);
      return new Reading<>(new SettingsFile(shownAs, List.of()), text.problems());
    } catch (NoSuchFileException _) {
      return null;
    }
  }

  /** The entries of a text, and what is wrong with it. */
  static Reading<SettingsFile> parse(String text, String shownAs) {
    var entries = new ArrayList<Entry>();
    var problems = new ArrayList<Problem>();
    List<String> known = Settings.allKeys();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (isSilent(line)) continue;
      Matcher entry = LINE.matcher(line.stripTrailing());
      if (!entry.matches()) {
        problems.add(notASetting(shownAs, number, line));
        continue;
      }
      String key = entry.group(1).toLowerCase(Locale.ROOT).replace('_', '-');
      String value = value(entry.group(2));
      if (!known.contains(key)) addUnknown(problems, new Origin.Line(shownAs, number), key, known);
      else if (!value.isEmpty()) entries.add(new Entry(number, key, value));
    }
    Collections.reverse(entries);
    return new Reading<>(new SettingsFile(shownAs, entries), problems);
  }

  private static boolean isSilent(String line) {
    String trimmed = line.strip();
    return trimmed.isEmpty() || trimmed.startsWith("#") || trimmed.equals("---");
  }

  private static String value(String text) {
    Matcher quoted = QUOTED.matcher(text);
    return quoted.matches() ? quoted.group(2) : COMMENT.matcher(text).replaceFirst("").strip();
  }

  private static Problem notASetting(String file, int line, String text) {
    return Problem.error(
        file, line, "'" + Printable.of(text.strip()) + "' is not a setting, such as port: 5000");
  }

  private static void addUnknown(
      List<Problem> problems, Origin.Line at, String key, List<String> known) {
    if (at.file().endsWith(".foreman") && FOREMAN_EXPORT.contains(key)) return;
    String what = "unknown setting '" + key + "'" + Nearest.hint(key, known);
    problems.add(Problem.warning(at.file(), at.line(), what));
  }
}
