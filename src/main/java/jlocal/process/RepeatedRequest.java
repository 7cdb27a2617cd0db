package jlocal.process;

import java.time.Duration;

/**
 * When a request to stop counts as given again, and so kills. Ctrl-C reaches the whole foreground
 * group, and wrappers such as cross-env, env-cmd or timeout(1) pass it on: what follows within a
 * second is the same request.
 */
public final class RepeatedRequest {
  private static final Duration SAME_REQUEST = Duration.ofSeconds(1);

  private RepeatedRequest() {}

  /**
   * Whether the second of two requests is another one.
   *
   * @param first when the first came, in nanoseconds on a monotonic clock
   * @param second the same of the second
   */
  public static boolean isAnother(long first, long second) {
    return second - first >= SAME_REQUEST.toNanos();
  }
}
