package jlocal.logs;

import java.util.concurrent.TimeUnit;

/**
 * How much is read of each child in one round. Much at a time saves work in a flood; but a quiet
 * child's line waits until the round has been written, so rounds that take long (many children
 * flood, or the log's reader is slow) read less.
 */
final class ReadSize {
  private static final long LONG = TimeUnit.MICROSECONDS.toNanos(500);
  private static final long SHORT = LONG / 3;

  private ReadSize() {}

  /**
   * The amount for the next round.
   *
   * @param amount that of the last round, in bytes
   * @param mostRead what was read of one child at most
   * @param took nanoseconds from the last round's begin to its end
   */
  static int next(int amount, int mostRead, long took) {
    if (mostRead < amount) return amount;
    if (took > LONG) return Math.max(amount / 2, LogBuffers.PIPE);
    return took < SHORT ? Math.min(amount * 2, LogBuffers.READ) : amount;
  }
}
