package jlocal.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import jlocal.logs.Source;

/** Makes the prefixes: {@code 12:00:01 web.1 | }, in the source's colour. */
final class Prefixes {
  private static final String BAR = " | ";

  private final LogStyle style;
  private final Timestamp stamp;
  private final Palette palette;
  private int width;
  private String time = "";
  private long second = Long.MIN_VALUE;

  Prefixes(LogStyle style, Timestamp stamp, Legend legend) {
    this.style = style;
    this.stamp = stamp;
    palette = new Palette(legend.types());
    width = legend.width();
  }

  /** Makes room for a name; whether that changed the prefixes of all. */
  boolean widen(Source source) {
    int wanted = source.toString().length();
    if (wanted <= width) return false;
    width = wanted;
    return style.prefix();
  }

  /** Sets the clock; whether that changed the prefixes of all. */
  boolean tick(long epochMillis) {
    if (stamp == Timestamp.NONE) return false;
    long now = Math.floorDiv(epochMillis, 1000);
    if (now == second) return false;
    second = now;
    time = stamp.at(now);
    return true;
  }

  Prefix of(Source source) {
    String text = time + (style.prefix() ? pad(source.toString()) + BAR : "");
    var bytes = new ByteArrayOutputStream();
    if (style.color() && !text.isEmpty()) bytes.writeBytes(palette.on(source));
    bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    if (style.color() && !text.isEmpty()) bytes.writeBytes(Palette.off());
    return new Prefix(bytes.toByteArray(), text.length());
  }

  private String pad(String name) {
    return name + " ".repeat(width - name.length());
  }
}
