package jlocal.logs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A line as text only: no colours, no control characters, the final state of a progress bar. */
final class PlainText implements AnsiParser.Listener {
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  private PlainText() {}

  /** Bytes that are not UTF-8 become U+FFFD. */
  static String of(ByteBuffer line) {
    var text = new PlainText();
    new AnsiParser(text).line(line, 0, line.limit());
    return text.shown.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void text(ByteBuffer in, int from, int end) {
    var run = new byte[end - from];
    in.get(from, run);
    shown.writeBytes(run);
  }

  @Override
  public void control(byte control) {
    shown.write('^');
    shown.write(control ^ 0x40);
  }

  @Override
  public void colour(byte[] parameters, int length) {}

  @Override
  public void redraw() {
    shown.reset();
  }

  @Override
  public void end() {}
}
