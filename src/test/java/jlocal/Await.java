package jlocal;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Polls for conditions without an event: other processes, or threads of the code under test. */
public final class Await {
  /** Long enough for a machine that is busy with other things. */
  public static final Duration LIMIT = Duration.ofSeconds(30);

  private static final long FIRST_PAUSE_NANOS = 100_000;
  private static final long LAST_PAUSE_NANOS = 10_000_000;

  private Await() {}

  /** Whether the condition holds within the limit. */
  public static boolean within(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    long pause = FIRST_PAUSE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) return false;
      LockSupport.parkNanos(pause);
      pause = Math.min(2 * pause, LAST_PAUSE_NANOS);
    }
    return true;
  }

  /**
   * Waits until the condition holds; fails the test at the limit.
   *
   * @param seen shown in the failure
   */
  public static void until(String condition, BooleanSupplier holds, Supplier<?> seen) {
    if (!within(LIMIT, holds)) throw new AssertionError("never: " + condition + "\n" + seen.get());
  }
}
