package jlocal.ansi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Renders a line as HTML: spans with classes for its colours ({@code f0} to {@code f15}, {@code b0}
 * to {@code b15}, {@code bold}, {@code dim}), and escaped text. Other colours, control sequences
 * and control characters are dropped.
 */
public final class AnsiHtml implements AnsiParser.Listener {
  private final StringBuilder html = new StringBuilder();
  private final SgrState state = new SgrState();
  private String classes = "";

  private AnsiHtml() {}

  /** Renders one line; its colours end with it. */
  public static String of(String line) {
    byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
    var bytes = ByteBuffer.allocate(utf8.length).order(ByteOrder.LITTLE_ENDIAN).put(0, utf8);
    var html = new AnsiHtml();
    new AnsiParser(html).line(bytes, 0, utf8.length);
    html.use("");
    return html.html.toString();
  }

  /** Escapes text for use between tags and in attribute values. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  @Override
  public void text(ByteBuffer in, int from, int end) {
    use(String.join(" ", state.classes()));
    var run = new byte[end - from];
    in.get(from, run);
    html.append(escape(new String(run, StandardCharsets.UTF_8)));
  }

  private void use(String next) {
    if (next.equals(classes)) return;
    if (!classes.isEmpty()) html.append("</span>");
    if (!next.isEmpty()) html.append("<span class=\"").append(next).append("\">");
    classes = next;
  }

  @Override
  public void control(byte control) {}

  @Override
  public void sgr(byte[] parameters, int length) {
    state.apply(parameters, length);
  }

  @Override
  public void redraw() {
    html.setLength(0);
    classes = "";
  }

  @Override
  public void end() {}
}
