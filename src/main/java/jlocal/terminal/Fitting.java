package jlocal.terminal;

import java.nio.ByteBuffer;
import jlocal.ansi.AnsiParser;

/** Makes lines fit the terminal: passes on what fits, and drops the rest or begins anew below. */
final class Fitting implements AnsiParser.Listener {
  private static final int CARET_FORM = 2;

  private final Voice voice;
  private final Fit fit;
  private int column;
  private int width;
  private boolean full;

  Fitting(Voice voice, Fit fit) {
    this.voice = voice;
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
      voice.begin();
      int stop = fitting(in, at, end);
      if (stop > at) voice.text(in, at, stop);
      if (stop < end) overflow();
      at = stop;
    }
  }

  @Override
  public void control(byte control) {
    if (full) return;
    voice.begin();
    if (column + CARET_FORM > width) overflow();
    if (full) return;
    column += CARET_FORM;
    voice.control(control);
  }

  @Override
  public void sgr(byte[] parameters, int length) {
    voice.sgr(parameters, length);
  }

  @Override
  public void redraw() {
    voice.redraw();
    begin(voice.prefixColumns());
  }

  @Override
  public void end() {
    voice.end();
    full = false;
  }

  private void overflow() {
    if (fit.mode() == Fit.Mode.WRAP && voice.wrap()) return;
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
