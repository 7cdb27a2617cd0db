package jlocal.watch;

import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A series of similar restarts of a type, where each may have caused the next: by files of the same
 * kinds, written at the same time after the restart before. Pure.
 *
 * @param kinds the folders and extensions of the files
 * @param delay from the restart before to the first write
 * @param count the number of restarts after the first two
 * @param held whether the last restart was held back and no file was written meanwhile
 * @param proofs how often a restart that was held back was followed by the same write, which a
 *     user's would not
 * @param nextTest the count at which the next restart is held back
 */
record RestartSeries(
    Set<String> kinds, long delay, int count, boolean held, int proofs, int nextTest) {
  static final long UNKNOWN = Long.MAX_VALUE;

  /** The state before the first restart. */
  static final RestartSeries NONE = of(Set.of(), UNKNOWN);

  private static final int TEST_INTERVAL = 3;
  private static final int MIN_PROOFS = 3;

  /** No user saves so often. */
  static final int MAX_COUNT = 40;

  private static final long FIRST_TEST = TimeUnit.SECONDS.toNanos(2);
  private static final long SOON = TimeUnit.SECONDS.toNanos(1);
  private static final long TOLERANCE = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(10);
  private static final int DOUBLINGS = 6;

  private static RestartSeries of(Set<String> kinds, long delay) {
    return new RestartSeries(kinds, delay, 0, false, 0, TEST_INTERVAL);
  }

  /** Returns the series with one more restart. */
  RestartSeries next(Set<String> files, long after) {
    if (!concerns(files) || !isAlike(after)) return of(files, after);
    int more = held && isSame(after) ? 1 : 0;
    return new RestartSeries(kinds, after, count + 1, false, proofs + more, nextTest);
  }

  private boolean isAlike(long after) {
    return (after < SOON && delay < SOON) || isSame(after);
  }

  private boolean isSame(long after) {
    return Math.abs(after - delay) < Math.min(TOLERANCE + delay / 10, SOON);
  }

  boolean concerns(Set<String> files) {
    return kinds.containsAll(files);
  }

  boolean isTestDue() {
    return count >= nextTest;
  }

  /** How long a restart is held back as a test, from the last write, in nanoseconds. */
  long testDelay() {
    return FIRST_TEST + proofs * SOON;
  }

  /** Whether the process itself writes the files. */
  boolean isCausedByProcess() {
    return proofs >= MIN_PROOFS || count >= MAX_COUNT;
  }

  /** How long a restart then waits, from the first write, in nanoseconds. */
  long pause() {
    return FIRST_PAUSE << Math.clamp(proofs - MIN_PROOFS, 0, DOUBLINGS);
  }

  /** Returns the series after a restart that was held back without a write. */
  RestartSeries afterHold() {
    return new RestartSeries(kinds, delay, count, true, proofs, nextTest);
  }

  /**
   * Returns the series after a write while the restart was held back, which the restart cannot have
   * caused.
   */
  RestartSeries afterWrite() {
    return new RestartSeries(kinds, delay, count, false, 0, count + 2 * TEST_INTERVAL);
  }

  /** Returns the series after a restart during continuous writes, which counts more. */
  RestartSeries afterMany(int more) {
    return new RestartSeries(kinds, delay, count + more, held, proofs, nextTest);
  }

  /** Returns the series after a restart by other files: the next pause is short again. */
  RestartSeries afterOthers() {
    return new RestartSeries(kinds, delay, count, false, Math.min(proofs, MIN_PROOFS), nextTest);
  }
}
