package jlocal.procfile;

import java.util.List;
import java.util.regex.Pattern;
import jlocal.text.Whitespace;
import org.jspecify.annotations.Nullable;

/** Other file formats that are passed as a Procfile by mistake. */
enum OtherFormat {
  JSON("JSON", "\\{\\s*(?:[\"}].*)?|\\[\\s*(?:[{\"\\]].*)?"),
  YAML("YAML", "---|%YAML.*|- .*"),
  ENV(
      "KEY=value",
      "(?:export\\s+)?[A-Za-z_][A-Za-z0-9_.]*=(?:\"[^\"]*\"|'[^']*'|\\S*)(?:\\s+#.*)?"
          + "|(?:export\\s+)?[\"']?[A-Za-z_][A-Za-z0-9_.]*[\"']?\\s+=.*");

  private static final Pattern ENV_FILE = Pattern.compile("(?:.*/)?(?:\\.env(?:\\..*)?|.*\\.env)");

  /** A line below a {@code web:} without a command. */
  private static final Pattern YAML_VALUE = Pattern.compile("- .*|[A-Za-z_-]+:(?: .*)?");

  private final String shown;
  private final Pattern line;

  OtherFormat(String shown, String line) {
    this.shown = shown;
    this.line = Pattern.compile(line, Pattern.DOTALL);
  }

  String shown() {
    return shown;
  }

  /** Whether the name is that of an env file, whose content must not be shown. */
  static boolean isEnvFile(String shownAs) {
    return ENV_FILE.matcher(shownAs).matches();
  }

  /** Whether this line is typical of the format. */
  boolean has(String trimmed) {
    return line.matcher(trimmed).matches();
  }

  /** Returns the format of a file with this first line, or null if it may be a Procfile. */
  static @Nullable OtherFormat beginningWith(String trimmed) {
    for (OtherFormat format : values()) {
      if (format.has(trimmed)) return format;
    }
    return null;
  }

  /** Whether the line has a YAML value below it: indented deeper, and a key or a list item. */
  static boolean isYamlKey(List<String> lines, int index) {
    if (index + 1 >= lines.size()) return false;
    String below = lines.get(index + 1);
    return depth(below) > depth(lines.get(index))
        && YAML_VALUE.matcher(Whitespace.trim(below)).matches();
  }

  private static int depth(String line) {
    return line.length() - line.stripLeading().length();
  }
}
