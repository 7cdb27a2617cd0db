package jlocal.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jlocal.ansi.ByteScan;
import jlocal.os.ChildOutput;

/**
 * Reads one child's output and holds the line it has not ended. The child's own thread reads; text
 * is delivered to the sinks by one thread at a time ({@link SinkDispatcher#run}).
 */
final class LineReader {
  /** Returned by {@link #untilDue} when no line is due. */
  static final long NEVER = Long.MAX_VALUE;

  private static final long SILENCE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long MAX_DELAY = TimeUnit.SECONDS.toNanos(1);

  /** What an unfinished line waits for before it is shown. */
  private enum Wait {
    NOTHING,
    SILENCE,
    REDRAW,
    STALL
  }

  /** After a smaller read, the next one may wait for more. */
  private static final int SMALL_READ = 16 * 1024;

  private static final long MODERATION = TimeUnit.MICROSECONDS.toNanos(200);
  private static final int FIRST_BUFFER = 8 * 1024;

  /** More bytes of lines than this are not held back for an erasure that may follow. */
  private static final int MAX_HELD_BACK = 8 * 1024;

  private final Source source;
  private final ChildOutput output;
  private final boolean raw;
  private final SinkDispatcher sinks;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  // Grows when a read fills it.
  private ByteBuffer buffer = ByteScan.buffer(FIRST_BUFFER);
  // Its bytes for the delivering thread, while this one may wait in a read.
  private ByteBuffer text = copy(buffer);
  // The undelivered bytes are between begin and end.
  private int begin;
  private int end;
  private Wait wait = Wait.NOTHING;
  private boolean inLongLine;
  // Whether part of a line has been delivered.
  private boolean midLine;
  // Whether the undelivered text may yet be erased, or erase, and so is examined again.
  private boolean undecided;
  // How many lines were erased before the undelivered text, which redraws them.
  private int redrawnLines;
  private boolean delivered;
  private long begunAt;
  private long lastReadAt;
  // When the thread began to wait for the child rather than for the sinks.
  private volatile long waitingSince = System.nanoTime() - MODERATION;
  private int lastCount;
  private volatile boolean reading;
  private volatile boolean stopped;

  /**
   * @param raw whether lines that are erased at once are delivered, too
   */
  LineReader(Source source, ChildOutput output, boolean raw, SinkDispatcher sinks) {
    this.source = source;
    this.output = output;
    this.raw = raw;
    this.sinks = sinks;
  }

  /** Completes when all output has been delivered. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  /**
   * Waits for the child to write.
   *
   * @return the number of bytes read; -1 at the end of the output, or once stopped
   */
  int read() {
    moderate();
    reading = true;
    try {
      if (stopped && output.isEmpty()) return -1;
      return output.read(buffer.limit(buffer.capacity()).position(end));
    } catch (IOException _) {
      return -1; // The output was closed.
    } finally {
      reading = false;
    }
  }

  /** Lets a child that writes line by line fill its pipe before the next read. */
  private void moderate() {
    long now = System.nanoTime();
    boolean busy = now - waitingSince < MODERATION / 2 && lastCount < SMALL_READ;
    if (busy && !stopped) LockSupport.parkNanos(this, MODERATION);
    waitingSince = System.nanoTime();
  }

  /** Reads only what has been written already; any thread. */
  void stop() {
    stopped = true;
    if (isIdle()) output.close();
  }

  /** Stops reading at once; any thread. */
  void abandon() {
    output.close();
  }

  /**
   * Delivers the lines that have ended.
   *
   * @param count how many bytes were read
   * @param now in {@link System#nanoTime}
   */
  void deliver(int count, long now) {
    lastCount = count;
    boolean begins = begin == end;
    int unexamined = undecided ? begin : end;
    end += count;
    int rest = end; // If a sink fails, its text is lost, and the log continues.
    delivered = false;
    try {
      int from = raw ? begin : deliverUnlessErased(unexamined);
      int start = Math.max(from, unexamined);
      int cut = ByteScan.afterLastLine(text, start, end);
      if (cut == start) cut = from;
      int complete = raw ? cut : withoutUndecided(from, cut);
      deliver(from, complete);
      if (complete > from) redrawnLines = 0;
      boolean mayErase = !raw && complete < end && text.get(complete) == ErasedLines.ESC;
      undecided = complete < cut || mayErase;
      rest = end - complete > LogSink.LINE ? deliverLongLine(complete) : complete;
    } finally {
      compact(rest);
    }
    if (begins || delivered || wait == Wait.NOTHING || wait == Wait.STALL) begunAt = now;
    else begunAt += inSinks();
    lastReadAt = now;
    wait = end == begin ? Wait.NOTHING : redrawnLines > 0 ? Wait.REDRAW : Wait.SILENCE;
  }

  /** Delivers the lines that no erasure removes; returns where the remaining text begins. */
  private int deliverUnlessErased(int unexamined) {
    int from = begin;
    redrawnLines = 0;
    for (int at = ByteScan.firstEscape(text, unexamined, end); at < end; ) {
      boolean beginsLine = at == begin ? !midLine : text.get(at - 1) == '\n';
      int erased = beginsLine ? ErasedLines.count(text, at, end) : 0;
      if (erased > 0) {
        if (erased == ErasedLines.ALL) redrawnLines = 0;
        deliver(from, ErasedLines.last(erased, text, erasable(from, at), at));
        from = at;
        redrawnLines = erased == ErasedLines.ALL ? 0 : erased;
      }
      at = ByteScan.firstEscape(text, at + 1, end);
    }
    return from;
  }

  /** Returns where the lines before {@code to} begin that may be dropped: redrawn or empty ones. */
  private int erasable(int from, int to) {
    boolean redraw = redrawnLines > 0 && ByteScan.lines(text, from, to) <= redrawnLines;
    return redraw ? from : ErasedLines.begin(text, from, to, midLine);
  }

  /** Returns the end of the lines that the next read cannot erase. */
  private int withoutUndecided(int from, int cut) {
    int next = cut;
    while (next < end && text.get(next) == '\r') next++;
    boolean redraws = redrawnLines > 0 && ByteScan.lines(text, from, cut) < redrawnLines;
    if (!redraws && next < end && !hasNoText(next)) return cut;
    int first = erasable(from, cut);
    return cut - first > MAX_HELD_BACK ? cut : first;
  }

  private void deliver(int from, int to) {
    if (from == to) return;
    sinks.lines(this, source, text.limit(to).position(from));
    text.clear();
    delivered = true;
    inLongLine = false;
    midLine = false;
  }

  private int deliverLongLine(int from) {
    inLongLine = true;
    undecided = false;
    return deliverPiece(from);
  }

  private int deliverPiece(int from) {
    int cut = ByteScan.wholeCharacters(text, from, end);
    if (cut == from) return from;
    sinks.partial(this, source, text.limit(cut).position(from));
    text.clear();
    midLine = true;
    return cut;
  }

  /** Moves the undelivered bytes to the front, and grows the buffer if the last read filled it. */
  private void compact(int from) {
    ByteBuffer before = buffer;
    boolean grows = end == buffer.capacity() && end < 4 * LogSink.LINE;
    if (grows) {
      buffer = ByteScan.buffer(2 * end);
      text = copy(buffer);
    }
    if (from > 0 || grows) buffer.put(0, before.clear(), from, end - from);
    begin = 0;
    end -= from;
  }

  private static ByteBuffer copy(ByteBuffer buffer) {
    return buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether part of a line too long for the buffer has been delivered, but not its end. */
  boolean isInLongLine() {
    return inLongLine;
  }

  /**
   * Returns in how many nanoseconds {@link #showUnfinished} is due, or {@link #NEVER}. Time spent
   * in the sinks is no pause of the child.
   */
  long untilDue(long now) {
    long paused = now - inSinks();
    return switch (wait) {
      case NOTHING -> NEVER;
      case SILENCE -> Math.min(lastReadAt + SILENCE - paused, begunAt + MAX_DELAY - paused);
      case REDRAW -> begunAt + MAX_DELAY - paused;
      case STALL -> lastReadAt + MAX_DELAY - paused;
    };
  }

  /** How many nanoseconds the sinks took after the last read; 0 until they have returned. */
  private long inSinks() {
    return Math.max(0, waitingSince - lastReadAt);
  }

  /** Whether the thread waits for the child, with nothing left to read. */
  boolean isIdle() {
    return reading && output.isEmpty();
  }

  /** Shows the unfinished line: the child paused in it, or keeps redrawing it. */
  void showUnfinished() {
    if (wait == Wait.STALL) {
      wait = Wait.NOTHING;
      sinks.stalled(source);
      return;
    }
    int cut = ByteScan.afterLastLine(text, begin, end);
    deliver(begin, cut);
    undecided = hasNoText(cut);
    begin = undecided ? cut : deliverPiece(cut);
    wait = cut < end && !undecided ? Wait.STALL : Wait.NOTHING;
  }

  /** Whether only control sequences follow. */
  private boolean hasNoText(int from) {
    return !raw && ErasedLines.count(text, from, end) == ErasedLines.UNDECIDED;
  }

  /** Delivers the rest of the output with an LF; a rest of control sequences is dropped. */
  void end() {
    wait = Wait.NOTHING;
    int cut = ByteScan.afterLastLine(text, begin, end);
    if (hasNoText(cut)) end = cut;
    if (begin < end) {
      if (text.get(end - 1) != '\n') text.put(end++, (byte) '\n');
      deliver(begin, end);
    }
    inLongLine = false;
    sinks.ended(this, source);
  }

  /** Closes the output; to be called after {@link #end}. */
  void close() {
    output.close();
    ended.complete(null);
  }
}
