package jlocal.text;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** Formats a time in the machine's time zone, without java.time's formatters: these take 30 ms. */
public enum Timestamp {
  NONE,
  /** {@code 12:00:01}. */
  TIME,
  /** {@code 2026-11-21 12:00:01}. */
  DATE_AND_TIME;

  /** Formats a time to the second; empty for {@link #NONE}. */
  public String of(Instant instant) {
    if (this == NONE) return "";
    var local = LocalDateTime.ofInstant(instant, ZoneId.systemDefault());
    String time = local.toLocalTime().withNano(0).toString();
    String full = time.length() == 5 ? time + ":00" : time;
    return this == TIME ? full : local.toLocalDate() + " " + full;
  }
}
