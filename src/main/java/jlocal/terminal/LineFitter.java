package jlocal.terminal;

import java.nio.ByteBuffer;
import jlocal.ansi.AnsiParser;

/** Makes lines fit the terminal: passes on what fits, and drops the rest or begins anew below. */
final class LineFitter implements AnsiParser.Listener {
  private static final int CARET_FORM = 2;

  private final LineRenderer renderer;
  private final Fit fit;
  private int column;
  private int width;
  private boolean full;

  LineFitter(LineRenderer renderer, Fit fit) {
    this.renderer = renderer;
    this.fit = fit;
  }

  /** A line begins, with a prefix of so many columns. */
  void begin(int prefixColumns) {
    column = prefixColumns;
    // Where not even a few letters fit, nothing is gained by cutting.
    width = Math.max(fit.columns().getAsInt(), prefixColumns + 8);
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
    if (column + CARET_FORM > width) overflow();
    if (full) return;
    column += CARET_FORM;
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
    if (fit.mode() == Fit.Mode.WRAP && renderer.wrap()) return;
    full = true;
  }

  private int fitting(ByteBuffer in, int from, int end) {
    int at = from;
    while (at < end) {
      int length = Math.max(1, Utf8Sequence.length(in, at, end));
      int after = Columns.after(column, in, at, length);
      if (after > width) return at;
      column = after;
      at += length;
    }
    return at;
  }
}
