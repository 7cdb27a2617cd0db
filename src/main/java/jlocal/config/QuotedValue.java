package jlocal.config;

import org.jspecify.annotations.Nullable;

/**
 * A quoted value.
 *
 * @param value unescaped
 * @param end the index after the closing quote
 * @param lineBreaks how many line breaks it contains
 */
record QuotedValue(String value, char quote, int end, int lineBreaks) {

  /** Returns the value whose quote opens at an index; null if it is never closed. */
  static @Nullable QuotedValue at(String text, int open) {
    return text.charAt(open) == '"' ? escaped(text, open) : literal(text, open);
  }

  private static @Nullable QuotedValue literal(String text, int open) {
    int close = text.indexOf('\'', open + 1);
    return close < 0 ? null : of(text, open, close, text.substring(open + 1, close));
  }

  private static @Nullable QuotedValue escaped(String text, int open) {
    int close = open + 1;
    while (close < text.length() && text.charAt(close) != '"') {
      close += text.charAt(close) == '\\' ? 2 : 1;
    }
    return close < text.length()
        ? of(text, open, close, unescape(text.substring(open + 1, close)))
        : null;
  }

  /** Takes the quote after a backslash as the closing one, as in {@code "C:\dir\"}. */
  static QuotedValue closedBy(String text, int open, int close) {
    return of(text, open, close, unescape(text.substring(open + 1, close)));
  }

  private static QuotedValue of(String text, int open, int close, String value) {
    int lineBreaks = 0;
    for (int i = open; i < close; i++) if (text.charAt(i) == '\n') lineBreaks++;
    return new QuotedValue(value, text.charAt(open), close + 1, lineBreaks);
  }

  /** Undoes the escapes of {@code heroku config -s} in one pass; other backslashes stay. */
  private static String unescape(String escaped) {
    var value = new StringBuilder(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      int meant = c == '\\' && i + 1 < escaped.length() ? meaning(escaped.charAt(i + 1)) : -1;
      value.append(meant < 0 ? c : (char) meant);
      if (meant >= 0) i++;
    }
    return value.toString();
  }

  private static int meaning(char afterBackslash) {
    return switch (afterBackslash) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case '"', '\\', '$', '`', '!' -> afterBackslash;
      default -> -1;
    };
  }
}
