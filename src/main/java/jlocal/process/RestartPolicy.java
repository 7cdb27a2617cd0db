package jlocal.process;

import java.time.Duration;
import jlocal.os.ExitStatus;

/** Whether a process that ended by itself is restarted: {@code --restart}. */
public enum RestartPolicy {
  NEVER,
  /** After a non-zero exit status, or a signal that jlocal did not send. */
  ON_CRASH,
  ALWAYS;

  /** After this many consecutive ends without having been up, it is not restarted. */
  static final int NEVER_UP_LIMIT = 10;

  /** After this time up, earlier crashes no longer count. */
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
   * Returns the backoff before the next start: none at first, then 1, 2, 4 … 30 s.
   *
   * @param crashes consecutive ones, from 1
   */
  static Duration delay(int crashes) {
    if (crashes <= 1) return Duration.ZERO;
    return Duration.ofSeconds(Math.min(MAX_DELAY_SECONDS, 1L << Math.min(crashes - 2, 5)));
  }
}
