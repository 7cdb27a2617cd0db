package jlocal.process;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import jlocal.formation.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * The latest snapshot of every instance, published by the process manager. Any thread may read it
 * and wait for a change.
 */
public final class InstanceSnapshots {
  private final SequencedMap<InstanceName, InstanceSnapshot> latest = new LinkedHashMap<>();
  private boolean closed;

  /** Makes this the latest snapshot of its instance; called by the manager. */
  public synchronized void publish(InstanceSnapshot snapshot) {
    latest.put(snapshot.name(), snapshot);
    notifyAll();
  }

  /** The latest snapshot of an instance. */
  public synchronized InstanceSnapshot of(InstanceName name) {
    InstanceSnapshot known = latest.get(name);
    return known == null ? InstanceSnapshot.unknown(name) : known;
  }

  /** All instances of which something has been known, in the order they were first started. */
  public synchronized List<InstanceSnapshot> all() {
    return List.copyOf(latest.values());
  }

  /**
   * Waits until there is another snapshot of the instance.
   *
   * @param atMost how long to wait; null for no limit
   * @return the latest snapshot, which is the same when the time is over or nothing changes any
   *     more
   */
  public synchronized InstanceSnapshot awaitChange(InstanceSnapshot seen, @Nullable Duration atMost)
      throws InterruptedException {
    long since = System.nanoTime();
    while (of(seen.name()).equals(seen) && !closed) {
      if (atMost == null) {
        wait();
      } else {
        long left = atMost.minusNanos(System.nanoTime() - since).toMillis();
        if (left <= 0) break;
        wait(left);
      }
    }
    return of(seen.name());
  }

  /**
   * Waits until something is otherwise than it was seen.
   *
   * @return all as they are now, the same as seen when nothing changes any more
   */
  public synchronized List<InstanceSnapshot> awaitAny(List<InstanceSnapshot> seen)
      throws InterruptedException {
    while (all().equals(seen) && !closed) wait();
    return all();
  }

  /** Whether nothing changes any more. */
  public synchronized boolean isClosed() {
    return closed;
  }

  /** Nothing changes any more: ends all waiting. */
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
