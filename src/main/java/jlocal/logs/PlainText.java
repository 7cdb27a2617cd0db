package jlocal.logs;

import java.nio.ByteBuffer;

/** A line as text only: no colours, no control characters, the final state of a progress bar. */
final class PlainText implements AnsiParser.Listener {
  private final ShownText shown = new ShownText();

  private PlainText() {}

  /** Bytes that are not UTF-8 become U+FFFD. */
  static String of(ByteBuffer line) {
    var text = new PlainText();
    new AnsiParser(text).line(line, 0, line.limit());
    return text.shown.toString();
  }

  @Override
  public void text(ByteBuffer in, int from, int end) {
    shown.text(in, from, end);
  }

  @Override
  public void control(byte control) {
    shown.control(control);
  }

  @Override
  public void colour(byte[] parameters, int length) {}

  @Override
  public void redraw() {
    shown.clear();
  }

  @Override
  public void end() {}
}
