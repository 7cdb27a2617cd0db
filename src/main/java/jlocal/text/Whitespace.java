package jlocal.text;

/**
 * The characters that separate words on a line: JavaScript's white space without line ends. {@code
 * heroku config -s} quotes and {@code heroku local} trims the same set, so values that Heroku
 * writes bare are read unchanged.
 */
public final class Whitespace {
  /** The set as a regular expression class. */
  public static final String CLASS =
      "[\\t\\x0B\\f \\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000\\uFEFF]";

  private Whitespace() {}

  public static boolean isBlank(char c) {
    return switch (c) {
      case '\t', 0x0B, '\f', ' ', 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF ->
          true;
      default -> c >= 0x2000 && c <= 0x200A;
    };
  }

  /** Returns the text without leading and trailing blanks. */
  public static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) from++;
    while (from < to && isBlank(text.charAt(to - 1))) to--;
    return text.substring(from, to);
  }
}
