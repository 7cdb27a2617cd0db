package jlocal.process;

import java.time.Duration;

/** What a person wants of an instance. */
public enum Order {
  START,
  STOP,
  RESTART,
  /** STOP, and no grace period any more. */
  KILL;

  /**
   * Ctrl-C reaches the whole foreground group, and wrappers such as cross-env, env-cmd or
   * timeout(1) pass it on: a STOP that follows within this time is the same one.
   */
  private static final Duration SAME_REQUEST = Duration.ofSeconds(1);

  /**
   * Whether a STOP counts as given again, and so kills.
   *
   * @param first when the first came, in nanoseconds on a monotonic clock
   * @param second the same of the second
   */
  public static boolean isStopRepeated(long first, long second) {
    return second - first >= SAME_REQUEST.toNanos();
  }
}
