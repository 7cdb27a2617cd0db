package jlocal.process;

import java.time.Duration;
import jlocal.os.ExitStatus;

/** Whether a process that ended by itself is started again: {@code --restart}. */
public enum RestartPolicy {
  NEVER,
  /** A crash is a non-zero exit, or a signal that jlocal did not send. */
  ON_CRASH,
  ALWAYS;

  /** After as many ends in a row without having been up, it is not started again. */
  static final int NEVER_UP_LIMIT = 10;

  /** After so long up, earlier crashes are forgotten. */
  static final Duration HEALTHY_AFTER = Duration.ofSeconds(30);

  private static final long MAX_DELAY_SECONDS = 30;

  boolean restarts(ExitStatus status, int neverUp) {
    boolean wanted =
        switch (this) {
          case NEVER -> false;
          case ON_CRASH -> !status.isClean();
          case ALWAYS -> true;
        };
    return wanted && neverUp < NEVER_UP_LIMIT;
  }

  /**
   * The backoff before the next start: the first at once, then 1, 2, 4 … 30 s.
   *
   * @param crashes in a row, from 1
   */
  static Duration delay(int crashes) {
    if (crashes <= 1) return Duration.ZERO;
    return Duration.ofSeconds(Math.min(MAX_DELAY_SECONDS, 1L << Math.min(crashes - 2, 5)));
  }
}
