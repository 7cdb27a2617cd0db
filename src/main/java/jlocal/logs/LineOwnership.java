package jlocal.logs;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which source may write now. A line longer than the buffer is passed on in pieces; its source
 * keeps the output, so that no other line tears it, but others need not wait for its end longer
 * than a person would notice.
 */
final class LineOwnership {
  private static final long OTHERS_DELAY = TimeUnit.MILLISECONDS.toNanos(40);

  private @Nullable LineReader writer;
  private @Nullable LineReader interrupted;
  private boolean othersWait;
  private long waitBegan;

  /** Whether this source may write, or jlocal itself when it is null; if not, it waits. */
  boolean isFor(@Nullable LineReader reader, long now) {
    if (writer == null || writer == reader) return true;
    if (!othersWait) waitBegan = now;
    othersWait = true;
    if (now - waitBegan < OTHERS_DELAY) return false;
    interrupted = writer;
    writer = null;
    return true;
  }

  /** Notes that an reader has spoken, and whether it is in the middle of a long line now. */
  void afterRead(LineReader reader, boolean inLongLine) {
    if (inLongLine) {
      if (reader != interrupted) take(reader);
    } else {
      if (reader == writer) writer = null;
      if (reader == interrupted) interrupted = null;
    }
  }

  private void take(LineReader reader) {
    if (writer != reader) othersWait = false;
    writer = reader;
  }
}
