package jlocal.terminal;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** The time at the beginning of a line, in the time zone of the machine. */
enum Timestamp {
  NONE,
  /** {@code 12:00:01}, for a terminal. */
  TIME,
  /** {@code 2026-11-21 12:00:01}, for a file. */
  DATE_AND_TIME;

  /** The text for a second since 1970, followed by a blank; empty for {@link #NONE}. */
  String at(long epochSecond) {
    if (this == NONE) return "";
    // java.time's formatters would cost a tenth of a second at the first line.
    var offset = ZoneId.systemDefault().getRules().getOffset(Instant.ofEpochSecond(epochSecond));
    var local = LocalDateTime.ofEpochSecond(epochSecond, 0, offset);
    String time = local.toLocalTime().withNano(0).toString();
    String full = time.length() == 5 ? time + ":00" : time;
    return this == TIME ? full + " " : local.toLocalDate() + " " + full + " ";
  }
}
