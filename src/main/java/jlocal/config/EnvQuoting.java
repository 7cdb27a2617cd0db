package jlocal.config;

import java.util.regex.Pattern;

/**
 * Quotes a value for an env file: in the form that most readers take for the same value, among
 * those that make no reader lose other lines, and no shell that sources the file run anything. The
 * readers are jlocal, nf and heroku local, Foreman, dotenv for Ruby, Node and Python, and shells.
 * They agree on plain values and single quotes, but not on escapes.
 */
final class EnvQuoting {
  /** Characters that every reader and shell takes literally. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+,=-]+");

  /**
   * Python's dotenv unescapes doubled backslashes, and takes one before the last quote for an
   * escape.
   */
  private static final Pattern NOT_SINGLE = Pattern.compile("['\n\r]|\\\\\\\\|\\\\\\z");

  private static final Pattern NOT_DOUBLE = Pattern.compile("[\"\\\\$`\n\r]");

  /**
   * Characters that all readers but shells take literally, and that shells at most split into
   * words.
   */
  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_./:@%+,=\\\\-]+");

  private EnvQuoting() {}

  /**
   * Returns the text for a value, on one line.
   *
   * @param old the text to replace, whose quotes are kept if possible; empty for a new variable
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
