package jlocal.logs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import jlocal.ansi.ByteScan;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue for a follower of the live log. The hub never waits for a slow follower: another
 * thread takes text from the queue and passes it to the follower's sink at {@link #RATE} at most,
 * since each follower of a flood costs as much CPU as the log itself. Lines that do not fit are
 * dropped and counted.
 */
public final class LogQueue implements LogSink, AutoCloseable {
  /** The most that a follower gets, in bytes per second. */
  static final long RATE = 4 * 1024 * 1024;

  /** This fraction of the queue is reserved for each source. */
  private static final int RESERVED_FRACTION = 16;

  /** The overhead of an entry, in bytes. */
  private static final int ENTRY_BYTES = 96;

  private enum Kind {
    LINES,
    PARTIAL,
    STALLED,
    ENDED
  }

  /** The interval between deliveries, so that a busy log does not wake readers for each line. */
  private static final long MIN_INTERVAL = TimeUnit.MILLISECONDS.toNanos(10);

  /** If lines were dropped and nothing follows, their number is reported after this time. */
  private static final long REPORT_DELAY = TimeUnit.MILLISECONDS.toNanos(300);

  /** The message for dropped lines. */
  @FunctionalInterface
  public interface DropMessage {
    /**
     * Formats the message, which is logged as the manager's.
     *
     * @param since when the first line was dropped, in milliseconds since 1970
     */
    String sentence(long lines, long since);
  }

  private record Entry(Kind kind, Source source, ByteBuffer text, long time) {
    static Entry of(Kind kind, Source source, byte[] text) {
      var in = ByteBuffer.wrap(text).order(ByteOrder.LITTLE_ENDIAN);
      return new Entry(kind, source, in, System.currentTimeMillis());
    }

    int cost() {
      return text.limit() + ENTRY_BYTES;
    }

    void deliverTo(LogSink sink) {
      sink.writtenAt(time);
      switch (kind) {
        case LINES -> sink.lines(source, text);
        case PARTIAL -> sink.partial(source, text);
        case STALLED -> sink.stalled(source);
        case ENDED -> sink.ended(source);
      }
    }
  }

  private final int capacity;
  private final Predicate<Source> wanted;
  private final Queue<Entry> entries = new ArrayDeque<>();
  // Queued bytes of each source; size is their sum.
  private final Map<Source, Integer> sizes = new HashMap<>();
  private final Set<Source> unfinished = new HashSet<>();
  private final Set<Source> cutOff = new HashSet<>();
  private int size;
  private final DropMessage dropMessage;
  private long dropped;
  private long droppedSince;
  private long droppedAt;
  private boolean closed;
  private long nextDeliveryAt = System.nanoTime();

  /**
   * Creates an empty queue.
   *
   * @param capacity how many bytes are queued at most, besides the reserved part
   * @param wanted the sources that the follower wants
   */
  public LogQueue(int capacity, Predicate<Source> wanted) {
    this(
        capacity,
        wanted,
        (lines, _) -> "… " + lines + (lines == 1 ? " line" : " lines") + " skipped");
  }

  /**
   * Creates an empty queue.
   *
   * @param dropMessage must return at once
   */
  public LogQueue(int capacity, Predicate<Source> wanted, DropMessage dropMessage) {
    this.capacity = capacity;
    this.wanted = wanted;
    this.dropMessage = dropMessage;
  }

  /** Whether the follower wants the text of this source. */
  boolean wants(Source source) {
    return wanted.test(source);
  }

  @Override
  public synchronized void lines(Source source, ByteBuffer wholeLines) {
    if (cutOff.remove(source)) skipLine(wholeLines);
    if (!wholeLines.hasRemaining()) return;
    if (fits(source, wholeLines.remaining())) {
      add(Kind.LINES, source, bytes(wholeLines));
      unfinished.remove(source);
    } else {
      dropped(source, linesIn(wholeLines));
    }
  }

  @Override
  public synchronized void partial(Source source, ByteBuffer piece) {
    if (cutOff.contains(source)) return;
    if (fits(source, piece.remaining())) {
      add(Kind.PARTIAL, source, bytes(piece));
      unfinished.add(source);
    } else {
      dropped(source, 1);
      cutOff.add(source);
    }
  }

  private void dropped(Source source, int lines) {
    if (unfinished.remove(source)) put(Entry.of(Kind.LINES, source, new byte[] {'\n'}));
    if (dropped == 0) {
      droppedAt = System.nanoTime();
      droppedSince = System.currentTimeMillis();
      notifyAll();
    }
    dropped += lines;
  }

  @Override
  public synchronized void stalled(Source source) {
    if (fits(source, 0)) add(Kind.STALLED, source, new byte[0]);
  }

  @Override
  public synchronized void ended(Source source) {
    if (fits(source, 0)) add(Kind.ENDED, source, new byte[0]);
  }

  @Override
  public void flush() {}

  /**
   * Waits for text, and passes what is queued to a sink; where lines were dropped, the manager says
   * how many. Text queued meanwhile is left for the next call, so that the pauses in a flood are
   * short.
   *
   * @return false when the queue was closed and is empty
   */
  public boolean deliverTo(LogSink sink) throws InterruptedException {
    Entry entry = awaitEntry();
    if (entry == null) return false;
    awaitMinInterval();
    long delivered = 0;
    for (int left = count(); entry != null; entry = left-- > 0 ? next() : null) {
      delivered += entry.cost();
      entry.deliverTo(sink);
    }
    sink.writtenAt(0);
    sink.flush();
    nextDeliveryAt =
        System.nanoTime() + Math.max(MIN_INTERVAL, delivered * TimeUnit.SECONDS.toNanos(1) / RATE);
    return true;
  }

  /** Rejects further text; queued text can still be taken. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  private synchronized @Nullable Entry awaitEntry() throws InterruptedException {
    while (entries.isEmpty() && !closed) {
      if (dropped == 0) {
        wait();
      } else {
        long left = REPORT_DELAY - (System.nanoTime() - droppedAt);
        if (left <= 0) break;
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    }
    if (entries.isEmpty()) reportDropped();
    return next();
  }

  /** Waits for more text if some was delivered only just now. */
  private synchronized void awaitMinInterval() throws InterruptedException {
    long early = nextDeliveryAt - System.nanoTime();
    while (early > 0 && !closed) {
      TimeUnit.NANOSECONDS.timedWait(this, early);
      early = nextDeliveryAt - System.nanoTime();
    }
  }

  private synchronized int count() {
    return entries.size();
  }

  private synchronized @Nullable Entry next() {
    Entry entry = entries.poll();
    if (entry == null) return null;
    size -= entry.cost();
    sizes.merge(entry.source, -entry.cost(), Integer::sum);
    return entry;
  }

  /** Whether an entry of this size fits. After a drop the queue must first become half empty. */
  private boolean fits(Source source, int bytes) {
    int cost = bytes + ENTRY_BYTES;
    boolean fits = size + cost <= (dropped > 0 ? capacity / 2 : capacity);
    return !closed
        && (fits || sizes.getOrDefault(source, 0) + cost <= capacity / RESERVED_FRACTION);
  }

  private void add(Kind kind, Source source, byte[] text) {
    reportDropped();
    put(Entry.of(kind, source, text));
  }

  /** Queues the message for dropped lines at the place where they are missing. */
  private void reportDropped() {
    if (dropped == 0) return;
    String sentence = dropMessage.sentence(dropped, droppedSince) + "\n";
    dropped = 0;
    put(Entry.of(Kind.LINES, Source.MANAGER, sentence.getBytes(StandardCharsets.UTF_8)));
  }

  private void put(Entry entry) {
    entries.add(entry);
    size += entry.cost();
    sizes.merge(entry.source, entry.cost(), Integer::sum);
    notifyAll();
  }

  private static void skipLine(ByteBuffer text) {
    text.position(ByteScan.afterLine(text, text.position(), text.limit()));
  }

  private static int linesIn(ByteBuffer wholeLines) {
    int lines = ByteScan.lines(wholeLines, wholeLines.position(), wholeLines.limit());
    wholeLines.position(wholeLines.limit());
    return lines;
  }

  private static byte[] bytes(ByteBuffer text) {
    var bytes = new byte[text.remaining()];
    text.get(bytes);
    return bytes;
  }
}
