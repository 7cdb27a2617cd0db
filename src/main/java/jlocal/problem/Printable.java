package jlocal.problem;

/** Escapes external text for messages. */
public final class Printable {
  private static final int MAX_CHARACTERS = 160;

  private Printable() {}

  /** Returns the text as {@link #escaped} does, cut with {@code …} after 160 characters. */
  public static String of(String text) {
    boolean cut = text.codePointCount(0, text.length()) > MAX_CHARACTERS;
    return cut
        ? escaped(text.substring(0, text.offsetByCodePoints(0, MAX_CHARACTERS))) + "…"
        : escaped(text);
  }

  /**
   * Returns the text on one line, with control characters except TAB escaped as in C ({@code \\n},
   * {@code \\x1b}), and likewise characters that change the text direction, so that file names
   * cannot control the terminal.
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
