package jlocal.terminal;

import java.nio.ByteBuffer;

/** How many columns text takes in a terminal: Unicode's East Asian width and emoji. */
final class Columns {
  private static final int TAB = 8;

  /** First and last code points of the wide blocks below the emoji, in pairs. */
  private static final int[] WIDE = {
    0x1100, 0x115f, 0x2e80, 0x303e, 0x3041, 0x4dbf, 0x4e00, 0xa4cf, 0xa960, 0xa97f, 0xac00, 0xd7a3,
    0xf900, 0xfaff, 0xfe30, 0xfe6f, 0xff00, 0xff60, 0xffe0, 0xffe6, 0x20000, 0x3fffd
  };

  private Columns() {}

  /** The column after the character of {@code length} bytes that begins at {@code column}. */
  static int after(int column, ByteBuffer in, int at, int length) {
    byte first = in.get(at);
    if (first == '\t') return (column / TAB + 1) * TAB;
    return column + (length < 2 ? 1 : width(codePoint(in, at, length)));
  }

  static int width(int codePoint) {
    int type = Character.getType(codePoint);
    boolean joins =
        type == Character.NON_SPACING_MARK
            || type == Character.ENCLOSING_MARK
            || type == Character.FORMAT;
    if (joins) return 0;
    if (Character.isEmojiPresentation(codePoint)) return 2;
    for (int i = 0; i < WIDE.length; i += 2) {
      if (codePoint >= WIDE[i] && codePoint <= WIDE[i + 1]) return 2;
    }
    return 1;
  }

  private static int codePoint(ByteBuffer in, int at, int length) {
    int codePoint = in.get(at) & (0x7f >> length);
    for (int i = 1; i < length; i++) codePoint = codePoint << 6 | (in.get(at + i) & 0x3f);
    return codePoint;
  }
}
