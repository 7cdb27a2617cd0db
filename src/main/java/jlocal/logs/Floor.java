package jlocal.logs;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who may speak. A line too long to be held is given in pieces; its writer keeps the floor, so that
 * no other line tears it, but others need not wait for its end longer than a person would notice.
 */
final class Floor {
  private static final long OTHERS_WAIT = TimeUnit.MILLISECONDS.toNanos(40);

  private @Nullable Inlet speaker;
  private @Nullable Inlet interrupted;
  private boolean othersWait;
  private long waitBegan;

  /** Whether this inlet may speak, or others than inlets when it is null; if not, it waits. */
  boolean isFor(@Nullable Inlet inlet, long now) {
    if (speaker == null || speaker == inlet) return true;
    if (!othersWait) waitBegan = now;
    othersWait = true;
    if (now - waitBegan < OTHERS_WAIT) return false;
    interrupted = speaker;
    speaker = null;
    return true;
  }

  /** Notes that an inlet has spoken, and whether it is in the middle of a long line now. */
  void spoke(Inlet inlet, boolean inLongLine) {
    if (inLongLine) {
      if (inlet != interrupted) take(inlet);
    } else {
      if (inlet == speaker) speaker = null;
      if (inlet == interrupted) interrupted = null;
    }
  }

  private void take(Inlet inlet) {
    if (speaker != inlet) othersWait = false;
    speaker = inlet;
  }
}
