package jlocal.config;

import java.util.regex.Pattern;

/**
 * How a value is written into an env file: in the form that most of its readers take for the same
 * value. They are jlocal, nf and heroku local, Foreman, and dotenv for Ruby, Node and Python, which
 * agree on bare values and on single quotes, but not on escapes.
 */
final class EnvQuotes {
  /** What neither a reader nor a shell takes for anything else. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,=-]+");

  /**
   * Python's dotenv undoes doubled backslashes, and takes one before the last quote for its escape.
   */
  private static final Pattern NOT_SINGLE = Pattern.compile("['\n\r]|\\\\\\\\|\\\\\\z");

  private static final Pattern NOT_DOUBLE = Pattern.compile("[\"\\\\$`\n\r]");

  /**
   * All readers take quotes and backslashes in a bare value as they are; no $, which Ruby expands.
   */
  private static final Pattern BARE =
      Pattern.compile(
          "(?![\"'\\s\\p{Z}\\x{FEFF}])[^#$`\\p{Cntrl}\\x{85}\\x{2028}\\x{2029}]*[^#$`\\s\\p{Z}\\x{FEFF}\\p{Cntrl}]");

  private EnvQuotes() {}

  /**
   * The text that stands for a value; one line.
   *
   * @param old what is replaced, whose quotes are kept where they fit; empty for a new variable
   */
  static String write(String value, String old) {
    char quote = old.isEmpty() ? 0 : old.charAt(0);
    boolean single = !NOT_SINGLE.matcher(value).find();
    boolean raw = !NOT_DOUBLE.matcher(value).find();
    if (quote == '"' && raw) return '"' + value + '"';
    if (quote == '\'' && single) return "'" + value + "'";
    if (PLAIN.matcher(value).matches()) return value;
    if (single) return "'" + value + "'";
    if (raw) return '"' + value + '"';
    if (BARE.matcher(value).matches()) return value;
    if (value.indexOf('\'') < 0 && value.indexOf('\n') < 0 && value.indexOf('\r') < 0)
      return "'" + value + "'";
    var escaped = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        case '"', '\\', '$', '`' -> escaped.append('\\').append(c);
        default -> escaped.append(c);
      }
    }
    return escaped.append('"').toString();
  }
}
