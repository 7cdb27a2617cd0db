package jlocal.process;

import java.time.Duration;
import jlocal.os.ExitStatus;

/** What an ended process means for itself: {@code --restart}. */
public enum RestartPolicy {
  NEVER,
  /** A crash is a non-zero exit, or a signal nobody asked for. */
  ON_CRASH,
  ALWAYS;

  /** So many ends in a row without ever being up, and it is left alone. */
  static final int STILLBORN_LIMIT = 10;

  /** Up for so long, and earlier crashes are forgotten. */
  static final Duration HEALTHY = Duration.ofSeconds(30);

  private static final long LONGEST_SECONDS = 30;

  boolean restarts(ExitStatus status, int stillborn) {
    boolean wanted =
        switch (this) {
          case NEVER -> false;
          case ON_CRASH -> !status.isClean();
          case ALWAYS -> true;
        };
    return wanted && stillborn < STILLBORN_LIMIT;
  }

  /**
   * How long to wait before the next start: the first at once, then 1, 2, 4 … 30 s.
   *
   * @param crashes in a row, from 1
   */
  static Duration delay(int crashes) {
    if (crashes <= 1) return Duration.ZERO;
    return Duration.ofSeconds(Math.min(LONGEST_SECONDS, 1L << Math.min(crashes - 2, 5)));
  }
}
