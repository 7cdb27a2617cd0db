package jlocal.text;

/**
 * A position in a text as an editor shows it.
 *
 * @param line from 1
 * @param column from 1, in characters (code points)
 */
record Place(int line, int column) {
  /** The position just behind a text whose lines end in LF. */
  static Place after(String text) {
    int lines = (int) text.chars().filter(c -> c == '\n').count();
    int lineStart = text.lastIndexOf('\n') + 1;
    return new Place(lines + 1, text.codePointCount(lineStart, text.length()) + 1);
  }
}
