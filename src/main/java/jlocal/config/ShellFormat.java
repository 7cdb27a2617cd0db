package jlocal.config;

import java.util.regex.Pattern;

/**
 * Formats values as {@code heroku config -s} does (heroku/cli, src/lib/config/quote.ts of 11.10.0),
 * for shells and env files.
 */
public final class ShellFormat {
  /** JavaScript's {@code \s}, and characters that are special in a shell. */
  private static final Pattern SPECIAL =
      Pattern.compile(
          "[\"\\s\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000\\uFEFF"
              + "#!$&'()*,:;<=>?@\\[\\\\\\]^`{|}]");

  private static final Pattern NEEDS_ESCAPES = Pattern.compile("['\\n\\r]");

  /** Characters that {@code env -S} changes in single quotes, too. */
  private static final Pattern NEEDS_DOUBLE = Pattern.compile("'|\\\\\\\\|\\\\$|\\r\\n");

  private static final Pattern SHELL_ESCAPED = Pattern.compile("[\"\\\\$`]");
  private static final Pattern ESCAPED = Pattern.compile("[\"\\\\$`!]");

  private ShellFormat() {}

  /**
   * Returns the value bare, in single quotes or in double quotes with escapes, as Heroku does. Only
   * a carriage return differs: Heroku writes it raw, which editors and git take for a line end;
   * here it becomes {@code \r} in double quotes.
   *
   * @return one line, which an env file reads back as the same value
   */
  public static String quote(String value) {
    if (!SPECIAL.matcher(value).find()) return value;
    if (!NEEDS_ESCAPES.matcher(value).find()) return "'" + value + "'";
    String escaped = ESCAPED.matcher(value).replaceAll("\\\\$0");
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r") + '"';
  }

  /**
   * Returns the value in a form that shells ({@code eval}, {@code source}), {@code env -S} and env
   * files read alike; may span lines. Two values have no such form: CR before LF, which a shell
   * reads as a backslash and an r, and a backtick with an apostrophe, which {@code env -S} rejects.
   */
  public static String forShells(String value) {
    if (!SPECIAL.matcher(value).find() && value.indexOf('~') < 0) return value;
    if (!NEEDS_DOUBLE.matcher(value).find()) return "'" + value + "'";
    String escaped = SHELL_ESCAPED.matcher(value).replaceAll("\\\\$0");
    return '"' + escaped.replace("\r\n", "\\r\n") + '"';
  }

  /** Whether shells cannot read the result of {@link #forShells}. */
  public static boolean isOnlyForEnvFiles(String value) {
    return value.contains("\r\n");
  }
}
