package jlocal.watch;

import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The restarts of a type in a row that are alike, so that each may have caused the next: by files
 * of the same kinds, which were written as long after the restart before. Pure.
 *
 * @param kinds the folders and endings of the files
 * @param delay from the restart before to the first write
 * @param count how many there were after the first two
 * @param held whether the last one was held back although no file was written meanwhile
 * @param proofs how often a write came as before after one that was held back: a person's would not
 * @param nextTest at which count one is held back
 */
record Rounds(Set<String> kinds, long delay, int count, boolean held, int proofs, int nextTest) {
  static final long UNKNOWN = Long.MAX_VALUE;

  /** Before the first restart. */
  static final Rounds NONE = of(Set.of(), UNKNOWN);

  private static final int ROUNDS = 3;
  private static final int PROOFS = 3;

  /** No person goes on for so long. */
  static final int MANY = 40;

  private static final long FIRST_TEST = TimeUnit.SECONDS.toNanos(2);
  private static final long SOON = TimeUnit.SECONDS.toNanos(1);
  private static final long TOLERANCE = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(10);
  private static final int DOUBLINGS = 6;

  private static Rounds of(Set<String> kinds, long delay) {
    return new Rounds(kinds, delay, 0, false, 0, ROUNDS);
  }

  /** With one more restart. */
  Rounds next(Set<String> files, long after) {
    if (!isAbout(files) || !isAlike(after)) return of(files, after);
    int more = held && isSame(after) ? 1 : 0;
    return new Rounds(kinds, after, count + 1, false, proofs + more, nextTest);
  }

  private boolean isAlike(long after) {
    return (after < SOON && delay < SOON) || isSame(after);
  }

  private boolean isSame(long after) {
    return Math.abs(after - delay) < Math.min(TOLERANCE + delay / 10, SOON);
  }

  boolean isAbout(Set<String> files) {
    return kinds.containsAll(files);
  }

  boolean isTestDue() {
    return count >= nextTest;
  }

  /** How long the restart is held back then, from the last write, in nanoseconds. */
  long test() {
    return FIRST_TEST + proofs * SOON;
  }

  /** Whether the process itself writes the files. */
  boolean areOfProcess() {
    return proofs >= PROOFS || count >= MANY;
  }

  /** For how long the restart waits then, from the first write, in nanoseconds. */
  long pause() {
    return FIRST_PAUSE << Math.clamp(proofs - PROOFS, 0, DOUBLINGS);
  }

  /** After a restart that was held back without a write. */
  Rounds afterHold() {
    return new Rounds(kinds, delay, count, true, proofs, nextTest);
  }

  /** After a write while the restart was held back: it did not come from that. */
  Rounds afterWrite() {
    return new Rounds(kinds, delay, count, false, 0, count + 2 * ROUNDS);
  }

  /** After a restart while writes went on without a pause: that counts as many. */
  Rounds afterMany(int more) {
    return new Rounds(kinds, delay, count + more, held, proofs, nextTest);
  }

  /** After a restart by other files: the next pause is a short one again. */
  Rounds afterOthers() {
    return new Rounds(kinds, delay, count, false, Math.min(proofs, PROOFS), nextTest);
  }
}
