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
 * One child's output and the beginning of the line it has not ended yet. Its own thread reads; what
 * is given to the sinks is given by one thread at a time ({@link SinkDispatcher#run}).
 */
final class LineReader {
  /** How long it is until a line is due of a reader that waits for nothing but its child. */
  static final long NEVER = Long.MAX_VALUE;

  private static final long SILENCE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LONGEST_DELAY = TimeUnit.SECONDS.toNanos(1);

  /** What an unfinished line waits for before it is shown. */
  private enum Wait {
    NOTHING,
    SILENCE,
    REDRAW,
    STALL
  }

  /** So much is worth a read. */
  private static final int SMALL = 16 * 1024;

  private static final long MODERATION = TimeUnit.MICROSECONDS.toNanos(200);
  private static final int FIRST_BUFFER = 8 * 1024;

  /** More lines than this, in bytes, are not kept back for an erasure that may follow. */
  private static final int MOST_ERASED = 8 * 1024;

  private final Source source;
  private final ChildOutput output;
  private final boolean raw;
  private final SinkDispatcher sinks;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  // Grows with what the child writes at once.
  private ByteBuffer buffer = ByteScan.buffer(FIRST_BUFFER);
  // The same bytes for who gives them, while the thread may wait in a read.
  private ByteBuffer text = copy(buffer);
  // What has not been given is between these two.
  private int begin;
  private int end;
  private Wait wait = Wait.NOTHING;
  private boolean inLongLine;
  // Whether a line has been given in part.
  private boolean midLine;
  // Whether the rest is looked at again with what follows: it may be erased, or may erase.
  private boolean restIsOpen;
  // How many lines the process erased before the rest, so that it is writing them again.
  private int redrawn;
  private boolean given;
  private long begunAt;
  private long readAt;
  // Since when the thread waits, or last waited, for the child and not for the sinks.
  private volatile long waitingSince = System.nanoTime() - MODERATION;
  private int lastCount;
  private volatile boolean reading;
  private volatile boolean stopped;

  /**
   * The output of a child.
   *
   * @param raw whether lines that are erased at once are given, too
   */
  LineReader(Source source, ChildOutput output, boolean raw, SinkDispatcher sinks) {
    this.source = source;
    this.output = output;
    this.raw = raw;
    this.sinks = sinks;
  }

  /** Completes when all has been given. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  /**
   * Waits for the child to write.
   *
   * @return how many bytes were read; -1 at the end of the output, or once stopped
   */
  int read() {
    moderate();
    reading = true;
    try {
      if (stopped && output.isEmpty()) return -1;
      return output.read(buffer.limit(buffer.capacity()).position(end));
    } catch (IOException _) {
      return -1; // It was closed.
    } finally {
      reading = false;
    }
  }

  /**
   * Of a child that writes line by line without a pause, the next read should find many lines. A
   * line after a pause is not delayed.
   */
  private void moderate() {
    long now = System.nanoTime();
    boolean busy = now - waitingSince < MODERATION / 2 && lastCount < SMALL;
    if (busy && !stopped) LockSupport.parkNanos(this, MODERATION);
    waitingSince = System.nanoTime();
  }

  /** From now on reads only what has been written already; any thread. */
  void stop() {
    stopped = true;
    if (isIdle()) output.close();
  }

  /** Reads nothing more; any thread. */
  void abandon() {
    output.close();
  }

  /**
   * Gives what has become whole.
   *
   * @param count how many bytes were read
   * @param now in {@link System#nanoTime}
   */
  void give(int count, long now) {
    lastCount = count;
    boolean begins = begin == end;
    int unseen = restIsOpen ? begin : end;
    end += count;
    int kept = end; // What a sink fails at is lost, and the log goes on.
    given = false;
    try {
      int from = raw ? begin : giveUnlessErased(unseen);
      int start = Math.max(from, unseen);
      int cut = ByteScan.afterLastLine(text, start, end);
      if (cut == start) cut = from;
      int whole = raw ? cut : withoutUndecided(from, cut);
      give(from, whole);
      if (whole > from) redrawn = 0;
      boolean mayErase = !raw && whole < end && text.get(whole) == ErasedLines.ESC;
      restIsOpen = whole < cut || mayErase;
      kept = end - whole > LogSink.LINE ? giveLongLine(whole) : whole;
    } finally {
      keep(kept);
    }
    if (begins || given || wait == Wait.NOTHING || wait == Wait.STALL) begunAt = now;
    else begunAt += inSinks();
    readAt = now;
    wait = end == begin ? Wait.NOTHING : redrawn > 0 ? Wait.REDRAW : Wait.SILENCE;
  }

  /** Gives lines up to the last that are erased, but not those; where the text goes on after. */
  private int giveUnlessErased(int unseen) {
    int from = begin;
    redrawn = 0;
    for (int at = ByteScan.firstEscape(text, unseen, end); at < end; ) {
      boolean beginsLine = at == begin ? !midLine : text.get(at - 1) == '\n';
      int erased = beginsLine ? ErasedLines.count(text, at, end) : 0;
      if (erased > 0) {
        if (erased == ErasedLines.ALL) redrawn = 0;
        give(from, ErasedLines.last(erased, text, erasable(from, at), at));
        from = at;
        redrawn = erased == ErasedLines.ALL ? 0 : erased;
      }
      at = ByteScan.firstEscape(text, at + 1, end);
    }
    return from;
  }

  /** The beginning of the lines that go to an index and are no loss: redrawn or empty ones. */
  private int erasable(int from, int to) {
    boolean redraw = redrawn > 0 && ByteScan.lines(text, from, to) <= redrawn;
    return redraw ? from : ErasedLines.begin(text, from, to, midLine);
  }

  /** The end of the lines without those that what comes next may erase. */
  private int withoutUndecided(int from, int cut) {
    int next = cut;
    while (next < end && text.get(next) == '\r') next++;
    boolean redraws = redrawn > 0 && ByteScan.lines(text, from, cut) < redrawn;
    if (!redraws && next < end && !hasNoText(next)) return cut;
    int first = erasable(from, cut);
    return cut - first > MOST_ERASED ? cut : first;
  }

  private void give(int from, int to) {
    if (from == to) return;
    sinks.lines(this, source, text.limit(to).position(from));
    text.clear();
    given = true;
    inLongLine = false;
    midLine = false;
  }

  private int giveLongLine(int from) {
    inLongLine = true;
    restIsOpen = false;
    return givePiece(from);
  }

  private int givePiece(int from) {
    int cut = ByteScan.wholeCharacters(text, from, end);
    if (cut == from) return from;
    sinks.partial(this, source, text.limit(cut).position(from));
    text.clear();
    midLine = true;
    return cut;
  }

  /** Moves the rest to the front, and makes room when the last read had too little. */
  private void keep(int from) {
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

  /** Whether a line too long to be held has been given in part and not ended yet. */
  boolean isInLongLine() {
    return inLongLine;
  }

  /**
   * After how many nanoseconds {@link #overdue} is to be called; or {@link #NEVER}. Time in which
   * the sinks did not return is no pause of the child's: it may have ended the line meanwhile.
   */
  long untilDue(long now) {
    long paused = now - inSinks();
    return switch (wait) {
      case NOTHING -> NEVER;
      case SILENCE -> Math.min(readAt + SILENCE - paused, begunAt + LONGEST_DELAY - paused);
      case REDRAW -> begunAt + LONGEST_DELAY - paused;
      case STALL -> readAt + LONGEST_DELAY - paused;
    };
  }

  /** How many nanoseconds the sinks took after the last read; 0 until they have returned. */
  private long inSinks() {
    return Math.max(0, waitingSince - readAt);
  }

  /** Whether the child has written nothing that is not read or on its way to the sinks. */
  boolean isIdle() {
    return reading && output.isEmpty();
  }

  /** Shows the unfinished line: the child paused in it, or redraws it again and again. */
  void overdue() {
    if (wait == Wait.STALL) {
      wait = Wait.NOTHING;
      sinks.stalled(source);
      return;
    }
    int cut = ByteScan.afterLastLine(text, begin, end);
    give(begin, cut);
    restIsOpen = hasNoText(cut);
    begin = restIsOpen ? cut : givePiece(cut);
    wait = cut < end && !restIsOpen ? Wait.STALL : Wait.NOTHING;
  }

  /** Whether nothing but control sequences follows. */
  private boolean hasNoText(int from) {
    return !raw && ErasedLines.count(text, from, end) == ErasedLines.UNDECIDED;
  }

  /** Gives the rest of the output, ended by LF; control sequences alone are dropped. */
  void end() {
    wait = Wait.NOTHING;
    int cut = ByteScan.afterLastLine(text, begin, end);
    if (hasNoText(cut)) end = cut;
    if (begin < end) {
      if (text.get(end - 1) != '\n') text.put(end++, (byte) '\n');
      give(begin, end);
    }
    inLongLine = false;
    sinks.ended(this, source);
  }

  /** Closes the output; to be called when all has been given. */
  void close() {
    output.close();
    ended.complete(null);
  }
}
