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
 * A bounded queue for a follower of the live log, which may be slow or gone: the hub never waits
 * for it. What the hub gives is queued up to a bound, and another thread gives it to the follower's
 * sink, at no more than {@link #RATE}: a flood would take as much of the processor again for each
 * follower. What finds no room is dropped, line by line, and counted.
 */
public final class LogQueue implements LogSink, AutoCloseable {
  /** What a follower gets of a flood, in bytes a second. */
  static final long RATE = 4 * 1024 * 1024;

  /** This part of the queue is free for each source, however much the others write. */
  private static final int RESERVED = 16;

  /** What an entry costs besides its bytes. */
  private static final int ENTRY = 96;

  private enum Kind {
    LINES,
    PARTIAL,
    STALLED,
    ENDED
  }

  /**
   * Text is given at most this often, so that a busy log does not wake its readers for each line.
   */
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

  /** What is missing at the end is said after so long, if nothing more has come till then. */
  private static final long REPORT_DELAY = TimeUnit.MILLISECONDS.toNanos(300);

  /** What a follower is told where lines are missing. */
  @FunctionalInterface
  public interface Missed {
    /**
     * A sentence of the manager's.
     *
     * @param since when the first of them was dropped, in milliseconds since 1970
     */
    String sentence(long lines, long since);
  }

  private record Entry(Kind kind, Source source, ByteBuffer text, long time) {
    static Entry of(Kind kind, Source source, byte[] text) {
      var in = ByteBuffer.wrap(text).order(ByteOrder.LITTLE_ENDIAN);
      return new Entry(kind, source, in, System.currentTimeMillis());
    }

    int cost() {
      return text.limit() + ENTRY;
    }

    void give(LogSink sink) {
      sink.writtenAt(time);
      switch (kind) {
        case LINES -> sink.lines(source, text);
        case PARTIAL -> sink.partial(source, text);
        case STALLED -> sink.stalled(source);
        case ENDED -> sink.ended(source);
      }
    }
  }

  private final int most;
  private final Predicate<Source> wanted;
  private final Queue<Entry> entries = new ArrayDeque<>();
  // What waits of each source, and of all.
  private final Map<Source, Integer> sizes = new HashMap<>();
  private final Set<Source> begun = new HashSet<>();
  private final Set<Source> torn = new HashSet<>();
  private int size;
  private final Missed missedText;
  private long missed;
  private long missedSince;
  private long missedAt;
  private boolean closed;
  private long nextAt = System.nanoTime();

  /**
   * An empty queue.
   *
   * @param most how many bytes wait at most, but for what is reserved
   * @param wanted whose lines the follower wants
   */
  public LogQueue(int most, Predicate<Source> wanted) {
    this(most, wanted, (lines, _) -> "… " + lines + (lines == 1 ? " line" : " lines") + " skipped");
  }

  /**
   * The same.
   *
   * @param missedText returns at once
   */
  public LogQueue(int most, Predicate<Source> wanted, Missed missedText) {
    this.most = most;
    this.wanted = wanted;
    this.missedText = missedText;
  }

  /** Whether it is to be given what this source writes. */
  boolean wants(Source source) {
    return wanted.test(source);
  }

  @Override
  public synchronized void lines(Source source, ByteBuffer wholeLines) {
    if (torn.remove(source)) skipLine(wholeLines);
    if (!wholeLines.hasRemaining()) return;
    if (fits(source, wholeLines.remaining())) {
      add(Kind.LINES, source, bytes(wholeLines));
      begun.remove(source);
    } else {
      missed(source, linesIn(wholeLines));
    }
  }

  @Override
  public synchronized void partial(Source source, ByteBuffer piece) {
    if (torn.contains(source)) return;
    if (fits(source, piece.remaining())) {
      add(Kind.PARTIAL, source, bytes(piece));
      begun.add(source);
    } else {
      missed(source, 1);
      torn.add(source);
    }
  }

  private void missed(Source source, int lines) {
    if (begun.remove(source)) put(Entry.of(Kind.LINES, source, new byte[] {'\n'}));
    if (missed == 0) {
      missedAt = System.nanoTime();
      missedSince = System.currentTimeMillis();
      notifyAll();
    }
    missed += lines;
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
   * Waits until there is something, and gives a sink what waits then; where lines were dropped, the
   * manager says how many. What is queued meanwhile is left for the next call, so that the pauses
   * in a flood are short.
   *
   * @return false when the queue was closed and all has been given
   */
  public boolean giveTo(LogSink sink) throws InterruptedException {
    Entry entry = await();
    if (entry == null) return false;
    gather();
    long given = 0;
    for (int left = count(); entry != null; entry = left-- > 0 ? next() : null) {
      given += entry.cost();
      entry.give(sink);
    }
    sink.writtenAt(0);
    sink.flush();
    nextAt = System.nanoTime() + Math.max(PAUSE, given * TimeUnit.SECONDS.toNanos(1) / RATE);
    return true;
  }

  /** Nothing more is taken in; what waits can still be given. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  private synchronized @Nullable Entry await() throws InterruptedException {
    while (entries.isEmpty() && !closed) {
      if (missed == 0) {
        wait();
      } else {
        long left = REPORT_DELAY - (System.nanoTime() - missedAt);
        if (left <= 0) break;
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    }
    if (entries.isEmpty()) noteMissed();
    return next();
  }

  /** Waits for more to give, if something was given only just now. */
  private synchronized void gather() throws InterruptedException {
    long early = nextAt - System.nanoTime();
    while (early > 0 && !closed) {
      TimeUnit.NANOSECONDS.timedWait(this, early);
      early = nextAt - System.nanoTime();
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

  /** Whether so much more may wait; once lines were missed, the reader is given time first. */
  private boolean fits(Source source, int bytes) {
    int cost = bytes + ENTRY;
    boolean fits = size + cost <= (missed > 0 ? most / 2 : most);
    return !closed && (fits || sizes.getOrDefault(source, 0) + cost <= most / RESERVED);
  }

  private void add(Kind kind, Source source, byte[] text) {
    noteMissed();
    put(Entry.of(kind, source, text));
  }

  /** This is the place where lines are missing. */
  private void noteMissed() {
    if (missed == 0) return;
    String sentence = missedText.sentence(missed, missedSince) + "\n";
    missed = 0;
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
