package jlocal.ansi;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Renders lines as text with or without colours: drops other control sequences, shows control
 * characters in caret notation and progress bars in their final state. Colours continue from line
 * to line, so use one instance per text. Invalid UTF-8 becomes U+FFFD.
 */
public final class AnsiText implements AnsiParser.Listener {
  private final boolean colored;
  private final SgrState colors = new SgrState();
  private final ByteArrayOutputStream rendered = new ByteArrayOutputStream();

  private AnsiText(boolean colored) {
    this.colored = colored;
  }

  /** Renders one line, with or without its LF, without colours. */
  public static String plain(ByteBuffer line) {
    return new AnsiText(false).render(line);
  }

  /** Returns a renderer that keeps the colours of the lines. */
  public static AnsiText colored() {
    return new AnsiText(true);
  }

  /**
   * Renders the next line. Begins with the SGR sequence of the colours that continue from the line
   * before; may leave colours open at its end.
   */
  public String render(ByteBuffer line) {
    redraw();
    new AnsiParser(this).line(line.duplicate().order(ByteOrder.LITTLE_ENDIAN), 0, line.limit());
    return rendered.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void text(ByteBuffer in, int from, int end) {
    var run = new byte[end - from];
    in.get(from, run);
    rendered.writeBytes(run);
  }

  @Override
  public void control(byte control) {
    rendered.write('^');
    rendered.write(control ^ 0x40);
  }

  @Override
  public void sgr(byte[] parameters, int length) {
    if (!colored) return;
    rendered.write(0x1b);
    rendered.write('[');
    rendered.write(parameters, 0, length);
    rendered.write('m');
    colors.apply(parameters, length);
  }

  @Override
  public void redraw() {
    rendered.reset();
    if (colors.isSet()) rendered.write(colors.sequence(), 0, colors.write());
  }

  @Override
  public void end() {}
}
