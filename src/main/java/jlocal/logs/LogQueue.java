package jlocal.logs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import jlocal.ansi.ByteScan;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue for a follower that may be slow or gone: the hub never waits for it. What the hub
 * gives is queued up to a bound, and another thread gives it to the reader's sink. What finds no
 * room is dropped, line by line, and counted.
 */
public final class LogQueue implements Follower, AutoCloseable {
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

  private record Entry(Kind kind, Source source, ByteBuffer text) {
    int cost() {
      return text.limit() + ENTRY;
    }
  }

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final ByteBuffer LINE_END = ByteBuffer.wrap(new byte[] {'\n'});

  private final int most;
  private final Predicate<Source> wanted;
  private final Queue<Entry> entries = new ArrayDeque<>();
  private final Set<Source> begun = new HashSet<>();
  private final Set<Source> torn = new HashSet<>();
  private int size;
  private long missed;
  private long missedAt;
  private boolean closed;
  private long gaveAt = System.nanoTime() - PAUSE;
  private ByteBuffer buffer = LogBuffers.allocate(0);

  /**
   * @param most how many bytes wait at most
   * @param wanted whose lines the reader wants
   */
  public LogQueue(int most, Predicate<Source> wanted) {
    this.most = most;
    this.wanted = wanted;
  }

  @Override
  public boolean wants(Source source) {
    return wanted.test(source);
  }

  @Override
  public synchronized void lines(Source source, ByteBuffer wholeLines) {
    if (torn.remove(source)) skipLine(wholeLines);
    if (!wholeLines.hasRemaining()) return;
    if (fits(wholeLines.remaining())) {
      add(Kind.LINES, source, bytes(wholeLines));
      begun.remove(source);
    } else {
      missed(source, count(wholeLines));
    }
  }

  @Override
  public synchronized void partial(Source source, ByteBuffer piece) {
    if (torn.contains(source)) return;
    if (fits(piece.remaining())) {
      add(Kind.PARTIAL, source, bytes(piece));
      begun.add(source);
    } else {
      missed(source, 1);
      torn.add(source);
    }
  }

  @Override
  public synchronized void missed(Source source, int lines) {
    if (begun.remove(source)) put(new Entry(Kind.LINES, source, LINE_END));
    if (missed == 0) {
      missedAt = System.nanoTime();
      notifyAll();
    }
    missed += torn.remove(source) ? lines - 1 : lines; // The torn one has been counted.
  }

  @Override
  public synchronized void stalled(Source source) {
    if (fits(0)) add(Kind.STALLED, source, NOTHING);
  }

  @Override
  public synchronized void ended(Source source) {
    if (fits(0)) add(Kind.ENDED, source, NOTHING);
  }

  @Override
  public void flush() {}

  /**
   * Waits until there is something, and gives all of it to a sink; where lines were dropped, the
   * manager says how many.
   *
   * @return false when the queue was closed and all has been given
   */
  public boolean giveTo(LogSink sink) throws InterruptedException {
    Entry entry = await();
    if (entry == null) return false;
    gather();
    for (; entry != null; entry = next()) give(entry, sink);
    sink.flush();
    gaveAt = System.nanoTime();
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
    long early = PAUSE - (System.nanoTime() - gaveAt);
    while (early > 0 && !closed) {
      TimeUnit.NANOSECONDS.timedWait(this, early);
      early = PAUSE - (System.nanoTime() - gaveAt);
    }
  }

  private synchronized @Nullable Entry next() {
    Entry entry = entries.poll();
    if (entry != null) size -= entry.cost();
    return entry;
  }

  /** Whether so much more may wait; once lines were missed, the reader is given time first. */
  private boolean fits(int bytes) {
    int limit = missed > 0 ? most / 2 : most;
    return !closed && size + bytes + ENTRY <= limit;
  }

  private void add(Kind kind, Source source, ByteBuffer text) {
    noteMissed();
    put(new Entry(kind, source, text));
  }

  /** This is the place where lines are missing. */
  private void noteMissed() {
    if (missed == 0) return;
    String sentence = "… " + missed + (missed == 1 ? " line" : " lines") + " skipped\n";
    missed = 0;
    put(new Entry(Kind.LINES, Source.MANAGER, StandardCharsets.UTF_8.encode(sentence)));
  }

  private void put(Entry entry) {
    entries.add(entry);
    size += entry.cost();
    notifyAll();
  }

  private static void skipLine(ByteBuffer text) {
    text.position(ByteScan.afterLine(text, text.position(), text.limit()));
  }

  private static int count(ByteBuffer wholeLines) {
    int lines = ByteScan.lines(wholeLines, wholeLines.position(), wholeLines.limit());
    wholeLines.position(wholeLines.limit());
    return lines;
  }

  private static ByteBuffer bytes(ByteBuffer text) {
    return ByteBuffer.allocate(text.remaining()).put(text).flip();
  }

  private void give(Entry entry, LogSink sink) {
    int length = entry.text.limit();
    if (buffer.capacity() < length) buffer = LogBuffers.allocate(length);
    ByteBuffer text = buffer.clear().put(entry.text.duplicate()).flip();
    switch (entry.kind) {
      case LINES -> sink.lines(entry.source, text);
      case PARTIAL -> sink.partial(entry.source, text);
      case STALLED -> sink.stalled(entry.source);
      case ENDED -> sink.ended(entry.source);
    }
  }
}
