package jlocal.terminal;

import java.nio.ByteBuffer;
import jlocal.ansi.AnsiParser;
import jlocal.ansi.ByteScan;

/** Fits lines to the terminal: passes on what fits, and cuts or wraps the rest. */
final class LineFitter implements AnsiParser.Listener {
  private static final int CARET_COLUMNS = 2;
  private static final int TAB_COLUMNS = 8;

  /** First and last code points of the wide blocks below the emoji, in pairs. */
  private static final int[] WIDE = {
    0x1100, 0x115f, 0x2e80, 0x303e, 0x3041, 0x4dbf, 0x4e00, 0xa4cf, 0xa960, 0xa97f, 0xac00, 0xd7a3,
    0xf900, 0xfaff, 0xfe30, 0xfe6f, 0xff00, 0xff60, 0xffe0, 0xffe6, 0x20000, 0x3fffd
  };

  private final LineRenderer renderer;
  private final LongLines fit;
  private int column;
  private int width;
  private boolean full;

  LineFitter(LineRenderer renderer, LongLines fit) {
    this.renderer = renderer;
    this.fit = fit;
  }

  /** Begins a line after a prefix of this width. */
  void begin(int prefixColumns) {
    column = prefixColumns;
    // Cutting makes no sense where only a few letters fit.
    width = Math.max(fit.columns(), prefixColumns + 8);
    full = false;
  }

  @Override
  public void text(ByteBuffer in, int from, int end) {
    int at = from;
    while (at < end && !full) {
      renderer.begin();
      int stop = fitting(in, at, end);
      if (stop > at) renderer.text(in, at, stop);
      if (stop < end) overflow();
      at = stop;
    }
  }

  @Override
  public void control(byte control) {
    if (full) return;
    renderer.begin();
    if (column + CARET_COLUMNS > width) overflow();
    if (full) return;
    column += CARET_COLUMNS;
    renderer.control(control);
  }

  @Override
  public void sgr(byte[] parameters, int length) {
    renderer.sgr(parameters, length);
  }

  @Override
  public void redraw() {
    renderer.redraw();
    begin(renderer.prefixColumns());
  }

  @Override
  public void end() {
    renderer.end();
    full = false;
  }

  private void overflow() {
    if (fit.mode() == LongLines.Mode.WRAP && renderer.wrap()) return;
    full = true;
  }

  private int fitting(ByteBuffer in, int from, int end) {
    int at = from;
    while (at < end) {
      int length = Math.max(1, ByteScan.characterLength(in, at, end));
      int after = columnAfter(column, in, at, length);
      if (after > width) return at;
      column = after;
      at += length;
    }
    return at;
  }

  /** Returns the column after the character of {@code length} bytes at {@code column}. */
  private static int columnAfter(int column, ByteBuffer in, int at, int length) {
    byte first = in.get(at);
    if (first == '\t') return (column / TAB_COLUMNS + 1) * TAB_COLUMNS;
    return column + (length < 2 ? 1 : width(codePoint(in, at, length)));
  }

  /** Returns 0, 1 or 2 columns, by Unicode's East Asian Width and emoji properties. */
  private static int width(int codePoint) {
    int type = Character.getType(codePoint);
    boolean combines =
        type == Character.NON_SPACING_MARK
            || type == Character.ENCLOSING_MARK
            || type == Character.FORMAT;
    if (combines) return 0;
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
