package jlocal.process;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import jlocal.formation.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * The latest snapshot of every instance, published by the process manager. Any thread may read it
 * and wait for changes.
 */
public final class InstanceSnapshots {
  private final SequencedMap<InstanceName, InstanceSnapshot> latest = new LinkedHashMap<>();
  private boolean closed;

  /** Replaces the snapshot of its instance; called by the manager. */
  public synchronized void publish(InstanceSnapshot snapshot) {
    latest.put(snapshot.name(), snapshot);
    notifyAll();
  }

  /** Returns the latest snapshot of an instance. */
  public synchronized InstanceSnapshot of(InstanceName name) {
    InstanceSnapshot known = latest.get(name);
    return known == null ? InstanceSnapshot.unknown(name) : known;
  }

  /** Returns all instances that ever reported something, in the order they were first started. */
  public synchronized List<InstanceSnapshot> all() {
    return List.copyOf(latest.values());
  }

  /**
   * Waits for a new snapshot of the instance.
   *
   * @param atMost the maximum wait; null for no limit
   * @return the latest snapshot; unchanged if the time is over or this is closed
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
   * Waits for any change since {@code seen}.
   *
   * @return the latest snapshots; unchanged if this is closed
   */
  public synchronized List<InstanceSnapshot> awaitAny(List<InstanceSnapshot> seen)
      throws InterruptedException {
    while (all().equals(seen) && !closed) wait();
    return all();
  }

  /** Whether there will be no more changes. */
  public synchronized boolean isClosed() {
    return closed;
  }

  /** Ends all waiting: there will be no more changes. */
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
