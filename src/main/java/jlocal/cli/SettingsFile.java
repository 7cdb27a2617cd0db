package jlocal.cli;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.cli.Settings.Entry;
import jlocal.problem.Nearest;
import jlocal.problem.Origin;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.text.TextFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code .jlocal} file, or another runner's: flat lines of {@code key: value} or {@code
 * key=value}, with {@code #} comments and quotes as in YAML.
 */
final class SettingsFile {
  private static final Pattern LINE =
      Pattern.compile(
          "([A-Za-z][A-Za-z0-9_-]*)(?:\\.([A-Za-z0-9_-]+))?\\s*(?::(?=\\s|$)|=)\\s*(.*)");
  private static final Pattern SILENT = Pattern.compile("\\s*(#.*|---\\s*)?");
  private static final Pattern QUOTED = Pattern.compile("(['\"])(.*)\\1\\s*(?:#.*)?");
  private static final Pattern COMMENT = Pattern.compile("(?:^|\\s)#.*");

  /** jlocal's file, and those of other runners that are read in its place. */
  static final List<String> FILES =
      List.of(".jlocal", ".foreman", ".honcho", ".forego", ".goreman");

  private static final String WATCH = "watch";

  /** All keys, collected from the options of a command. */
  private static final class Keys {
    static final List<String> ALL = Settings.allKeys();
  }

  private SettingsFile() {}

  /**
   * Returns the entries of a folder's settings file, last line first, so that it wins; null if
   * there is none.
   */
  static @Nullable Reading<List<Entry>> in(Path folder) {
    for (String name : FILES) {
      Reading<List<Entry>> file = read(folder.resolve(name));
      if (file != null) return file;
    }
    return null;
  }

  private static @Nullable Reading<List<Entry>> read(Path file) {
    if (Files.isDirectory(file)) return null;
    try {
      Reading<String> text = TextFile.read(file, file.toString());
      if (text.hasErrors()) return new Reading<>(List.of(), text.problems());
      return parse(text.value(), file.toString());
    } catch (NoSuchFileException _) {
      return null;
    }
  }

  private static Reading<List<Entry>> parse(String text, String file) {
    var entries = new ArrayList<Entry>();
    var problems = new ArrayList<Problem>();
    List<String> known = Keys.ALL;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (SILENT.matcher(line).matches()) continue;
      Matcher entry = LINE.matcher(line.stripTrailing());
      if (!entry.matches()) {
        String what = "' is not a setting, such as port: 5000";
        problems.add(Problem.error(file, number, "'" + Printable.of(line.strip()) + what));
        continue;
      }
      String key = entry.group(1).toLowerCase(Locale.ROOT).replace('_', '-');
      String type = entry.group(2);
      String value = value(entry.group(3));
      var origin = new Origin.Line(file, number);
      boolean isOfType = type != null && (Settings.OF_TYPES.contains(key) || key.equals(WATCH));
      if (isOfType && !value.isEmpty()) entries.add(new Entry(key + "." + type, value, origin));
      if (isOfType && !key.equals(WATCH)) continue;
      if (isOfType && !value.isEmpty()) {
        value = watched(entries, type + "=" + value.replaceAll("[\\s,]+", ","));
      } else if (type != null) {
        key += "." + type;
      }
      OtherRunners.Entry other = other(file, entry.group(1));
      if (other != null && other.setting() != null) key = String.valueOf(other.setting());
      if (known.contains(key) && (other == null || other.setting() != null)) {
        if (!value.isEmpty()) entries.add(new Entry(key, value, origin));
      } else if (other == null) {
        String what = "unknown setting '" + key + "'" + Nearest.hint(key, known);
        problems.add(Problem.warning(file, number, what));
      } else if (!other.isIgnored()) {
        problems.add(Problem.warning(file, number, key + ": " + other.answer()));
      }
    }
    return new Reading<>(entries.reversed(), problems);
  }

  /** Joins the earlier lines {@code watch} and {@code watch.TYPE} with another one. */
  private static String watched(List<Entry> above, String more) {
    String all = more;
    for (Entry entry : above) if (entry.key().equals(WATCH)) all = entry.text() + " " + more;
    return all;
  }

  /** Returns another runner's meaning of a key; null if it is the same as jlocal's. */
  private static OtherRunners.@Nullable Entry other(String file, String key) {
    String name = String.valueOf(Path.of(file).getFileName());
    return name.equals(".jlocal") ? null : OtherRunners.find(name, key);
  }

  private static String value(String text) {
    Matcher quoted = QUOTED.matcher(text);
    return quoted.matches() ? quoted.group(2) : COMMENT.matcher(text).replaceFirst("").strip();
  }
}
