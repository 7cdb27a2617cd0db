package jlocal.dashboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jlocal.ansi.AnsiText;
import jlocal.ansi.ByteScan;
import jlocal.logs.LogHistory;
import jlocal.logs.LogQueue;
import jlocal.logs.LogSink;
import jlocal.logs.Source;

/**
 * The last lines of the log for pages, numbered. Follows the log from the first opening on. Lines
 * faster than {@link #RATE} are skipped, oldest first, and counted, so that the log never waits.
 */
final class LogFeed implements LogSink {
  /** The average number of lines shown per second. */
  static final int RATE = 500;

  /** The number of lines that may arrive at once. */
  private static final int BURST = 2_000;

  private static final int KEPT_LINES = 8_192;
  private static final int KEPT_CHARS = 4 << 20;
  private static final int WAITING_BYTES = 1 << 20;
  private static final int QUEUE_BYTES = 1 << 20;
  private static final int LONGEST_LINE = 8_000;

  /** The interval at which lines are rendered together. */
  private static final long ROUND = TimeUnit.MILLISECONDS.toNanos(100);

  private static final int ROUND_LINES = 300;

  private final Line[] kept = new Line[KEPT_LINES];
  private final Deque<Chunk> waiting = new ArrayDeque<>();
  private final Map<Source, ByteBuffer> begun = new HashMap<>();
  private final Map<Source, AnsiText> colors = new HashMap<>();
  private long first;
  private long next;
  private int chars;
  private int waitingLines;
  private int waitingBytes;
  private double allowance = BURST;
  private long allowedAt = System.nanoTime();
  private long renderedAt = System.nanoTime() - ROUND;
  private boolean isBacklog;
  private long writtenAt;
  private long missed;
  private long skipped;

  /**
   * A line with its colours.
   *
   * @param time in milliseconds since 1970
   */
  record Line(long number, long time, String source, String text) {}

  /** Whole lines of one source. */
  private record Chunk(Source source, ByteBuffer text, int lines, long time) {}

  /**
   * Lines for a page.
   *
   * @param next the number of the line after them
   * @param skipped how many lines were skipped so far
   */
  record Batch(List<Line> lines, long next, long skipped) {}

  /** Follows a log on the calling thread until it is interrupted. */
  void follow(LogHistory log) {
    var queue = new LogQueue(QUEUE_BYTES, _ -> true);
    try {
      isBacklog = true;
      log.follow(queue).replay(0, KEPT_LINES, null, this, this);
      isBacklog = false;
      while (queue.deliverTo(this)) {}
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      log.unfollow(queue);
    }
  }

  @Override
  public void writtenAt(long millis) {
    writtenAt = millis;
  }

  @Override
  public synchronized void lines(Source source, ByteBuffer wholeLines) {
    ByteBuffer before = begun.remove(source);
    add(source, before == null ? copy(wholeLines) : joined(before, wholeLines));
  }

  @Override
  public synchronized void partial(Source source, ByteBuffer piece) {
    ByteBuffer all = begun.merge(source, copy(piece), LogFeed::joined);
    if (all.limit() > LINE) ended(source);
  }

  /** Shows incomplete lines, such as prompts. */
  @Override
  public void stalled(Source source) {
    ended(source);
  }

  @Override
  public synchronized void ended(Source source) {
    ByteBuffer rest = begun.remove(source);
    if (rest != null) add(source, joined(rest, ByteBuffer.wrap(new byte[] {'\n'})));
  }

  @Override
  public void flush() {}

  private static ByteBuffer copy(ByteBuffer text) {
    return joined(ByteBuffer.allocate(0), text);
  }

  private static ByteBuffer joined(ByteBuffer text, ByteBuffer more) {
    var both = ByteBuffer.allocate(text.limit() + more.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    return both.put(text.duplicate()).put(more.duplicate()).flip();
  }

  private void add(Source source, ByteBuffer text) {
    int lines = ByteScan.lines(text, 0, text.limit());
    long time = writtenAt == 0 ? System.currentTimeMillis() : writtenAt;
    waiting.add(new Chunk(source, text, lines, time));
    waitingLines += lines;
    waitingBytes += text.limit();
    long now = System.nanoTime();
    if (waitingLines >= ROUND_LINES && (isBacklog || now - renderedAt >= ROUND)) render(now);
    else if (!isBacklog) skip(now);
    notifyAll();
  }

  /** Drops the oldest pending lines beyond the limit. */
  private void skip(long now) {
    double seconds = (now - allowedAt) / 1e9;
    allowance = Math.min(BURST, allowance + seconds * RATE);
    allowedAt = now;
    int most = (int) allowance;
    while (waitingLines > most || (waitingBytes > WAITING_BYTES && waiting.size() > 1)) {
      Chunk oldest = waiting.removeFirst();
      int drop = Math.min(oldest.lines, Math.max(1, waitingLines - most));
      int from = 0;
      for (int i = 0; i < drop; i++) {
        from = ByteScan.afterLine(oldest.text, from, oldest.text.limit());
      }
      ByteBuffer rest = part(oldest.text, from, oldest.text.limit());
      if (drop < oldest.lines) {
        waiting.addFirst(new Chunk(oldest.source, rest, oldest.lines - drop, oldest.time));
      }
      waitingLines -= drop;
      waitingBytes -= from;
      missed += drop;
    }
  }

  private static ByteBuffer part(ByteBuffer text, int from, int end) {
    return text.slice(from, end - from).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void render(long now) {
    if (!isBacklog) skip(now);
    allowance -= isBacklog ? 0 : waitingLines;
    renderedAt = now;
    if (missed > 0) {
      skipped += missed;
      String sentence = "… " + missed + " lines skipped: the page shows " + RATE + " a second";
      keep(new Line(next, System.currentTimeMillis(), Source.MANAGER.toString(), sentence));
      missed = 0;
    }
    for (Chunk chunk : waiting) render(chunk);
    waiting.clear();
    waitingLines = 0;
    waitingBytes = 0;
  }

  private void render(Chunk chunk) {
    AnsiText colored = colors.computeIfAbsent(chunk.source, _ -> AnsiText.colored());
    String source = chunk.source.toString();
    int end = chunk.text.limit();
    for (int from = 0; from < end; ) {
      int next = ByteScan.afterLine(chunk.text, from, end);
      String text = colored.render(part(chunk.text, from, next));
      if (text.length() > LONGEST_LINE) text = text.substring(0, LONGEST_LINE) + " … (cut)";
      keep(new Line(this.next, chunk.time, source, text));
      from = next;
    }
  }

  private void keep(Line line) {
    if (next - first == KEPT_LINES) drop();
    kept[(int) (next % KEPT_LINES)] = line;
    next++;
    chars += line.text.length();
    while (chars > KEPT_CHARS) drop();
  }

  private void drop() {
    chars -= kept[(int) (first % KEPT_LINES)].text.length();
    first++;
  }

  /**
   * Waits for lines from this number on, up to the time limit; with MAX_VALUE, always that long.
   */
  synchronized void await(long number, Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    long left = atMost.toNanos();
    boolean any = number < Long.MAX_VALUE;
    while (left > 0 && next <= number && !(any && !waiting.isEmpty())) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = end - System.nanoTime();
    }
  }

  /**
   * Returns the lines from this number on.
   *
   * @param most the limit; the newest are returned, and others count as skipped only for a page
   *     that has asked before
   */
  synchronized Batch from(long number, int most) {
    long now = System.nanoTime();
    if (now - renderedAt >= ROUND || missed > 0) render(now);
    long from = Math.max(Math.max(number, first), next - most);
    var lines = new ArrayList<Line>();
    for (long i = from; i < next; i++) lines.add(kept[(int) (i % KEPT_LINES)]);
    return new Batch(lines, next, skipped + (number < 0 ? 0 : Math.max(0, from - number)));
  }
}
