package jlocal.config;

import java.util.regex.Pattern;

/**
 * Values as {@code heroku config -s} prints them (heroku/cli, src/lib/config/quote.ts of 11.10.0),
 * so that both a shell and an env file can read them.
 */
public final class ShellFormat {
  /** JavaScript's {@code \s} and the characters that mean something to a shell. */
  private static final Pattern SPECIAL =
      Pattern.compile(
          "[\"\\s\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000\\uFEFF"
              + "#!$&'()*,:;<=>?@\\[\\\\\\]^`{|}]");

  private static final Pattern NEEDS_ESCAPES = Pattern.compile("['\\n\\r]");

  /** What {@code env -S} does not leave alone in single quotes either. */
  private static final Pattern NEEDS_DOUBLE = Pattern.compile("'|\\\\\\\\|\\\\$|\\r\\n");

  private static final Pattern SHELL_ESCAPED = Pattern.compile("[\"\\\\$`]");
  private static final Pattern ESCAPED = Pattern.compile("[\"\\\\$`!]");

  private ShellFormat() {}

  /**
   * The value bare, in single quotes or in double quotes with escapes, whichever Heroku uses. Only
   * a carriage return differs: Heroku writes it raw, where editors and git take it for the end of a
   * line; here it becomes {@code \r} in double quotes.
   *
   * @return one line that an env file gives back as the same value
   */
  public static String quote(String value) {
    if (!SPECIAL.matcher(value).find()) return value;
    if (!NEEDS_ESCAPES.matcher(value).find()) return "'" + value + "'";
    String escaped = ESCAPED.matcher(value).replaceAll("\\\\$0");
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r") + '"';
  }

  /**
   * The value as a shell ({@code eval}, {@code source}), {@code env -S} and an env file read it
   * alike; it may go over several lines. Two things have no such form: CR before LF, which a shell
   * would read as a backslash and an r, and a backtick beside an apostrophe, which {@code env -S}
   * refuses.
   */
  public static String forShells(String value) {
    if (!SPECIAL.matcher(value).find() && value.indexOf('~') < 0) return value;
    if (!NEEDS_DOUBLE.matcher(value).find()) return "'" + value + "'";
    String escaped = SHELL_ESCAPED.matcher(value).replaceAll("\\\\$0");
    return '"' + escaped.replace("\r\n", "\\r\n") + '"';
  }

  /** Whether no shell reads what {@link #forShells} writes. */
  public static boolean isOnlyForEnvFiles(String value) {
    return value.contains("\r\n");
  }
}
