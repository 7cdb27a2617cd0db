package jlocal.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import jlocal.logs.Source;
import jlocal.text.Timestamp;

/** Creates prefixes in the sources' colours: {@code 12:00:01 web.1 | }. */
final class Prefixes {
  private static final String BAR = " | ";

  private final LogFormat.Text style;
  private final Timestamp stamp;
  private final Palette palette;
  private int width;
  private String time = "";
  private long second = Long.MIN_VALUE;

  Prefixes(LogFormat.Text style, Timestamp stamp, LogFormat.Names names) {
    this.style = style;
    this.stamp = stamp;
    palette = new Palette(names.types());
    width = names.width();
  }

  /** Makes the prefixes wide enough for a name; returns whether all prefixes have changed. */
  boolean widen(Source source) {
    int wanted = source.toString().length();
    if (wanted <= width) return false;
    width = wanted;
    return style.prefix();
  }

  /** Sets the time; returns whether all prefixes have changed. */
  boolean tick(long epochMillis) {
    if (stamp == Timestamp.NONE) return false;
    long now = Math.floorDiv(epochMillis, 1000);
    if (now == second) return false;
    second = now;
    time = stamp.of(Instant.ofEpochSecond(now)) + " ";
    return true;
  }

  Prefix of(Source source) {
    String text = time + (style.prefix() ? pad(source.toString()) + BAR : "");
    var bytes = new ByteArrayOutputStream();
    if (style.color() && !text.isEmpty()) bytes.writeBytes(palette.begin(source));
    bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    if (style.color() && !text.isEmpty()) bytes.writeBytes(Palette.reset());
    return new Prefix(bytes.toByteArray(), text.length());
  }

  private String pad(String name) {
    return name + " ".repeat(width - name.length());
  }
}
