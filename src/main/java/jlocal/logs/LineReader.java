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
    STALL
  }

  /** So much is worth a read. */
  private static final int SMALL = 16 * 1024;

  private static final long MODERATION = TimeUnit.MICROSECONDS.toNanos(200);
  private static final int FIRST_BUFFER = 8 * 1024;
  private static final int MAX_BUFFER = 4 * LogSink.LINE;

  /** More empty lines than this, in bytes, are not kept back for an erasure that may follow. */
  private static final int MOST_EMPTY = 1024;

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
  // Whether the rest begins with empty lines, which may be about to be erased.
  private boolean restHasLines;
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
    int unseen = restHasLines ? begin : end;
    end += count;
    int kept = end; // What a sink fails at is lost, and the log goes on.
    boolean given = true;
    try {
      int from = raw ? begin : giveUnlessErased(unseen);
      int start = Math.max(from, unseen);
      int cut = ByteScan.afterLastLine(text, start, end);
      if (cut == start) cut = from;
      int whole = raw ? cut : withoutUndecided(from, cut);
      give(from, whole);
      given = whole > begin;
      restHasLines = whole < cut && end - whole <= LogSink.LINE;
      kept = end - whole > LogSink.LINE ? giveLongLine(whole) : whole;
    } finally {
      keep(kept);
    }
    if (begins || given || wait != Wait.SILENCE) begunAt = now;
    else begunAt += inSinks();
    readAt = now;
    wait = end > begin ? Wait.SILENCE : Wait.NOTHING;
  }

  /** Gives lines up to the last that are erased, but not those; where the text goes on after. */
  private int giveUnlessErased(int unseen) {
    int from = begin;
    for (int at = ByteScan.firstEscape(text, unseen, end); at < end; ) {
      int empty = ErasedLines.begin(text, from, at, midLine);
      int erased = empty == at ? 0 : ErasedLines.count(text, at, end);
      if (erased > 0) {
        give(from, ErasedLines.last(erased, text, empty, at));
        from = at;
      }
      at = ByteScan.firstEscape(text, at + 1, end);
    }
    return from;
  }

  /** The end of the lines without empty ones that what comes next may erase. */
  private int withoutUndecided(int from, int cut) {
    int next = cut;
    while (next < end && text.get(next) == '\r') next++;
    if (next < end && ErasedLines.count(text, next, end) != ErasedLines.UNDECIDED) return cut;
    int empty = ErasedLines.begin(text, from, cut, midLine);
    return cut - empty > MOST_EMPTY ? cut : empty;
  }

  private void give(int from, int to) {
    if (from == to) return;
    sinks.lines(this, source, text.limit(to).position(from));
    text.clear();
    inLongLine = false;
    midLine = false;
  }

  private int giveLongLine(int from) {
    inLongLine = true;
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
    boolean grows = end == buffer.capacity() && end < MAX_BUFFER;
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
      case STALL -> readAt + LONGEST_DELAY - paused;
    };
  }

  /**
   * How long the sinks took after the last read, in nanoseconds; 0 while they have not returned.
   */
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
    wait = cut < end ? Wait.STALL : Wait.NOTHING;
    begin = givePiece(cut);
    restHasLines = false;
  }

  /** Gives the rest of the output, ended by LF. */
  void end() {
    wait = Wait.NOTHING;
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
