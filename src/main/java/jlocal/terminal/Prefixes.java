package jlocal.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import jlocal.logs.Source;

/** Creates prefixes in the sources' colours: {@code 12:00:01 web.1 | }. */
final class Prefixes {
  /** The time at the beginning of a line, in the machine's time zone. */
  enum Timestamp {
    NONE,
    /** {@code 12:00:01}, for a terminal. */
    TIME,
    /** {@code 2026-11-21 12:00:01}, for a file. */
    DATE_AND_TIME;

    /** Formats a second since 1970, followed by a blank; empty for {@link #NONE}. */
    String at(long epochSecond) {
      if (this == NONE) return "";
      // java.time's formatters would take a tenth of a second at the first line.
      var offset = ZoneId.systemDefault().getRules().getOffset(Instant.ofEpochSecond(epochSecond));
      var local = LocalDateTime.ofEpochSecond(epochSecond, 0, offset);
      String time = local.toLocalTime().withNano(0).toString();
      String full = time.length() == 5 ? time + ":00" : time;
      return this == TIME ? full + " " : local.toLocalDate() + " " + full + " ";
    }
  }

  private static final String BAR = " | ";

  private final LogForm.Text style;
  private final Timestamp stamp;
  private final Palette palette;
  private int width;
  private String time = "";
  private long second = Long.MIN_VALUE;

  Prefixes(LogForm.Text style, Timestamp stamp, LogForm.Names names) {
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
    time = stamp.at(now);
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
