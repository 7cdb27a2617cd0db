package jlocal.problem;

/** Text from outside, escaped for a message. */
public final class Printable {
  private static final int LONGEST = 160;

  private Printable() {}

  /** The text as {@link #escaped} gives it, cut with {@code …} after 160 characters. */
  public static String of(String text) {
    boolean cut = text.codePointCount(0, text.length()) > LONGEST;
    return cut
        ? escaped(text.substring(0, text.offsetByCodePoints(0, LONGEST))) + "…"
        : escaped(text);
  }

  /**
   * The text on one line, with control characters (but tabs) as in C, {@code \\n} or {@code \\x1b},
   * so that no file's name can write to the terminal; likewise what reverses the direction of text.
   */
  public static String escaped(String text) {
    if (text.codePoints().noneMatch(Printable::isControl)) return text;
    var shown = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          if (isControl(c)) shown.append(escape(c));
          else shown.appendCodePoint(c);
        });
    return shown.toString();
  }

  private static boolean isControl(int c) {
    return (Character.isISOControl(c) && c != '\t')
        || (c >= 0x2028 && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }

  private static String escape(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      default -> c <= 0xFF ? "\\x%02x".formatted(c) : "\\u%04x".formatted(c);
    };
  }
}
