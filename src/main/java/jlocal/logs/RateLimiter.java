package jlocal.logs;

import java.util.concurrent.TimeUnit;

/**
 * How much may pass: so many bytes a second, at most half a second's worth of them at once. A piece
 * that begins to pass does so whole, and what follows waits for it.
 */
final class RateLimiter {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long AT_ONCE = SECOND / 2;

  private final long bytesPerSecond;
  private long paidUntil = Long.MIN_VALUE;

  RateLimiter(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /**
   * Whether so many bytes may pass now.
   *
   * @param now in {@link System#nanoTime}
   */
  boolean lets(long bytes, long now) {
    long from = Math.max(paidUntil, now - AT_ONCE);
    if (from > now) return false;
    paidUntil = from + bytes * SECOND / bytesPerSecond;
    return true;
  }
}
