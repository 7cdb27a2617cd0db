package jlocal.text;

/**
 * A position in a text as an editor shows it.
 *
 * @param line from 1
 * @param column from 1, in characters (code points)
 */
record Place(int line, int column) {
  /** The position just behind a text whose lines end in LF or CR. */
  static Place after(String text) {
    int lines = (int) text.chars().filter(c -> c == '\n' || c == '\r').count();
    int lineStart = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
    return new Place(lines + 1, text.codePointCount(lineStart, text.length()) + 1);
  }
}
