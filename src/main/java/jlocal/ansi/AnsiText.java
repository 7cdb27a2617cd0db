package jlocal.ansi;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Renders lines as text, with or without their colours: no other control sequences, control
 * characters in caret form, the final state of a progress bar. Colours go on from line to line, so
 * an instance is for one text. Bytes that are not UTF-8 become U+FFFD.
 */
public final class AnsiText implements AnsiParser.Listener {
  private final boolean colored;
  private final SgrState colors = new SgrState();
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  private AnsiText(boolean colored) {
    this.colored = colored;
  }

  /** Renders one line without colours; whether it has its LF or not. */
  public static String plain(ByteBuffer line) {
    return new AnsiText(false).render(line);
  }

  /** A text whose lines keep their colours. */
  public static AnsiText colored() {
    return new AnsiText(true);
  }

  /**
   * Renders the next line. It begins with the SGR sequence of the colours that go on from the line
   * before, and need not close its own.
   */
  public String render(ByteBuffer line) {
    redraw();
    new AnsiParser(this).line(line.duplicate().order(ByteOrder.LITTLE_ENDIAN), 0, line.limit());
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
  public void sgr(byte[] parameters, int length) {
    if (!colored) return;
    shown.write(0x1b);
    shown.write('[');
    shown.write(parameters, 0, length);
    shown.write('m');
    colors.apply(parameters, length);
  }

  @Override
  public void redraw() {
    shown.reset();
    if (colors.isSet()) shown.write(colors.sequence(), 0, colors.write());
  }

  @Override
  public void end() {}
}
