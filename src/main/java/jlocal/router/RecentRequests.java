package jlocal.router;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The latest requests through the router: at most 500, and about 4 MB. Thread-safe. Heads are kept
 * as text: maps of fields, which survive every collection of the young generation, would double its
 * cost under load.
 */
public final class RecentRequests {
  private static final int MOST = 500;
  private static final int MOST_BYTES = 4 << 20;
  private static final int BASE_BYTES = 500;

  private final ArrayDeque<Entry> kept = new ArrayDeque<>();
  private int open;
  private long changes;
  private int bytes;

  private record Entry(HandledRequest request, long change, int bytes) {}

  /**
   * New requests.
   *
   * @param change to pass to the next call
   * @param missed how many were left out
   */
  public record Batch(List<HandledRequest> requests, long change, long missed) {}

  /** Adds a request that has ended or stays open, or replaces one that was open. */
  public synchronized void add(HandledRequest request) {
    if (open > 0) kept.removeIf(it -> it.request.number() == request.number() && dropped(it));
    var entry = new Entry(request, ++changes, size(request));
    kept.add(entry);
    bytes += entry.bytes;
    if (request.isOpen()) open++;
    notifyAll();
    while (kept.size() > MOST || (bytes > MOST_BYTES && kept.size() > 1)) {
      var _ = dropped(kept.removeFirst());
    }
  }

  private boolean dropped(Entry entry) {
    bytes -= entry.bytes;
    if (entry.request.isOpen()) open--;
    return true;
  }

  /** Estimates its memory. */
  private static int size(HandledRequest it) {
    int size = BASE_BYTES + it.path().length();
    size += it.requestHead().length() + it.responseHead().length();
    return size + size(it.sent()) + size(it.received());
  }

  private static int size(@Nullable RecordedBody body) {
    return body == null ? 0 : (int) Math.min(RecordedBody.MOST, body.length());
  }

  /** Returns all requests, the newest last. */
  public List<HandledRequest> all() {
    return since(-1, MOST).requests;
  }

  /**
   * Returns the requests since a change, the newest last.
   *
   * @param change -1 for all
   * @param most the limit
   */
  public synchronized Batch since(long change, int most) {
    var found = new ArrayList<HandledRequest>();
    for (Entry entry : kept.reversed()) {
      if (entry.change <= change || found.size() == most) break;
      found.add(entry.request);
    }
    long missed = change < 0 ? 0 : changes - change - found.size();
    return new Batch(found.reversed(), changes, missed);
  }

  /** Returns a request by number; null if it is no longer kept. */
  public synchronized @Nullable HandledRequest find(long number) {
    for (Entry entry : kept) if (entry.request.number() == number) return entry.request;
    return null;
  }

  /**
   * Returns the last request with this X-Request-ID. Waits, since its client may see its end before
   * it is reported; null if it is not reported in time.
   */
  public synchronized @Nullable HandledRequest await(String id, Duration atMost)
      throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    HandledRequest found = find(id);
    for (long left = 1; found == null && left > 0; left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, end - System.nanoTime()));
      found = find(id);
    }
    return found;
  }

  private @Nullable HandledRequest find(String id) {
    for (Entry entry : kept.reversed()) {
      if (entry.request.id().equals(id) && !entry.request.isOpen()) return entry.request;
    }
    return null;
  }
}
