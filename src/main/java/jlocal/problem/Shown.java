package jlocal.problem;

/** Text from outside made fit to stand in a message. */
public final class Shown {
  private static final int LONGEST = 160;

  private Shown() {}

  /**
   * The text with control characters (but tabs) as {@code ?}, so that a file cannot write to the
   * terminal, and cut with {@code …} after 160 characters.
   */
  public static String of(String text) {
    var shown = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .map(c -> Character.isISOControl(c) && c != '\t' ? '?' : c)
        .forEach(shown::appendCodePoint);
    boolean cut = text.codePointCount(0, text.length()) > LONGEST;
    return cut ? shown.append('…').toString() : shown.toString();
  }
}
