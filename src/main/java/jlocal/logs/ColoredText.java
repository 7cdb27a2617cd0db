package jlocal.logs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Lines as text and colours only: no other control sequences, the final state of a progress bar.
 * Keeps the colours from one line to the next.
 */
final class ColoredText implements AnsiParser.Listener {
  /** Colours that are changed and never reset are forgotten beyond this. */
  private static final int LONGEST = 256;

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final ByteArrayOutputStream open = new ByteArrayOutputStream();

  /** One line, which begins with the colours it was left. Not UTF-8 becomes U+FFFD. */
  String line(ByteBuffer line) {
    restart();
    new AnsiParser(this).line(line, 0, line.limit());
    return shown.toString(StandardCharsets.UTF_8);
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
  public void colour(byte[] parameters, int length) {
    put(parameters, length, shown);
    boolean reset = length == 0 || parameters[0] == '0';
    if (reset || open.size() + length > LONGEST) open.reset();
    boolean off = length == 0 || (length == 1 && parameters[0] == '0');
    if (!off) put(parameters, length, open);
  }

  @Override
  public void redraw() {
    restart();
  }

  @Override
  public void end() {}

  private void restart() {
    shown.reset();
    shown.writeBytes(open.toByteArray());
  }

  private static void put(byte[] parameters, int length, ByteArrayOutputStream to) {
    to.write(0x1b);
    to.write('[');
    to.write(parameters, 0, length);
    to.write('m');
  }
}
