package jlocal.logs;

import java.nio.ByteBuffer;

/**
 * Lines as text and colours only: no other control sequences, the final state of a progress bar.
 * Keeps the colours from one line to the next.
 */
final class ColoredText implements AnsiParser.Listener {
  /** Colours that are changed and never reset are forgotten beyond this. */
  private static final int LONGEST = 256;

  private final ShownText shown = new ShownText();
  private final ShownText open = new ShownText();

  /** One line, which begins with the colours it was left. Not UTF-8 becomes U+FFFD. */
  String line(ByteBuffer line) {
    restart();
    new AnsiParser(this).line(line, 0, line.limit());
    return shown.toString();
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
  public void colour(byte[] parameters, int length) {
    shown.colour(parameters, length);
    boolean reset = length == 0 || parameters[0] == '0';
    if (reset || open.size() + length > LONGEST) open.clear();
    boolean off = length == 0 || (length == 1 && parameters[0] == '0');
    if (!off) open.colour(parameters, length);
  }

  @Override
  public void redraw() {
    restart();
  }

  @Override
  public void end() {}

  private void restart() {
    shown.clear();
    shown.add(open);
  }
}
