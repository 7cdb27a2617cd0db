package jlocal.process;

import java.time.Duration;

/** An order to an instance. */
public enum Order {
  START,
  STOP,
  RESTART,
  /** Stop without a grace period. */
  KILL;

  /**
   * A STOP within this time repeats the same request: Ctrl-C reaches the whole foreground group,
   * and wrappers such as cross-env, env-cmd or timeout(1) pass it on.
   */
  private static final Duration SAME_REQUEST = Duration.ofSeconds(1);

  /**
   * Whether a second STOP counts as repeated, and so kills.
   *
   * @param first when the first came, in nanoseconds on a monotonic clock
   * @param second when the second came
   */
  public static boolean isStopRepeated(long first, long second) {
    return second - first >= SAME_REQUEST.toNanos();
  }
}
