package jlocal.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jlocal.ansi.ByteScan;

/**
 * One child's pipe and the beginning of the line it has not ended yet. The text itself lives in a
 * buffer all reader share, so that it stays in the processor's cache.
 */
final class LineReader {
  static final int ENDED = -1;

  /** The due time of an reader that waits for nothing but its child. */
  static final long NEVER = Long.MAX_VALUE;

  private static final long SILENCE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LONGEST_DELAY = TimeUnit.SECONDS.toNanos(1);

  /** What an unfinished line waits for before it is shown. */
  private enum Wait {
    NOTHING,
    SILENCE,
    STALL
  }

  /** A child that fills its pipe so often is held up by its size. */
  private static final int CHATTY = 8;

  /** More empty lines than this, in bytes, are not kept back for an erasure that may follow. */
  private static final int MOST_EMPTY = 1024;

  private final Source source;
  private final Pipe.SourceChannel pipe;
  private final boolean raw;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private byte[] rest = new byte[256];
  private int restLength;
  private Wait wait = Wait.NOTHING;
  private boolean inLongLine;
  // Whether a line has been given in part.
  private boolean midLine;
  // Whether the rest begins with empty lines, which may be about to be erased.
  private boolean restHasLines;
  private int fullReads;
  private long begunAt;
  private long readAt;

  /**
   * The reading end of a child's pipe.
   *
   * @param raw whether lines that are erased at once are given, too
   */
  LineReader(Source source, Pipe.SourceChannel pipe, boolean raw) {
    this.source = source;
    this.pipe = pipe;
    this.raw = raw;
  }

  Pipe.SourceChannel pipe() {
    return pipe;
  }

  CompletableFuture<Void> ended() {
    return ended;
  }

  /**
   * Reads once and gives what became whole; the number of bytes read, or {@link #ENDED}.
   *
   * @param amount how many bytes to read at most
   */
  int read(ByteBuffer room, int amount, SinkDispatcher delivery, long now) {
    loadRest(room);
    int before = restLength;
    room.limit(before + amount);
    int count = fill(room);
    if (count <= 0) return count;
    // Small writes leave the pages of a pipe partly empty.
    if (count >= LogBuffers.PIPE / 2 && fullReads < CHATTY) fullReads++;
    int end = before + count;
    int unseen = restHasLines ? 0 : before;
    int from = raw ? 0 : giveUnlessErased(room, unseen, end, delivery);
    int start = Math.max(from, unseen);
    int cut = ByteScan.afterLastLine(room, start, end);
    if (cut == start) cut = from;
    int whole = raw ? cut : withoutUndecided(room, from, cut, end);
    give(room, from, whole, delivery);
    int kept = whole;
    if (end - kept > LogBuffers.LINE) {
      kept = givePiece(room.limit(end), kept, end, delivery);
      inLongLine = true;
    }
    restHasLines = kept < cut;
    keepRest(room.limit(end), kept, end);
    watch(kept > 0 || before == 0, now);
    return count;
  }

  /** Gives lines up to the last that are erased, but not those; where the text goes on after. */
  private int giveUnlessErased(ByteBuffer room, int unseen, int end, SinkDispatcher delivery) {
    int from = 0;
    for (int at = ByteScan.firstEscape(room, unseen, end); at < end; ) {
      int empty = ErasedLines.begin(room, from, at, midLine);
      int erased = empty == at ? 0 : ErasedLines.count(room, at, end);
      if (erased > 0) {
        give(room, from, ErasedLines.last(erased, room, empty, at), delivery);
        room.limit(end);
        from = at;
      }
      at = ByteScan.firstEscape(room, at + 1, end);
    }
    return from;
  }

  /** The end of the lines without empty ones that what comes next may erase. */
  private int withoutUndecided(ByteBuffer room, int from, int cut, int end) {
    int next = cut;
    while (next < end && room.get(next) == '\r') next++;
    if (next < end && ErasedLines.count(room, next, end) != ErasedLines.UNDECIDED) return cut;
    int empty = ErasedLines.begin(room, from, cut, midLine);
    return cut - empty > MOST_EMPTY ? cut : empty;
  }

  private void give(ByteBuffer room, int from, int end, SinkDispatcher delivery) {
    if (from == end) return;
    delivery.lines(this, source, room.limit(end).position(from));
    inLongLine = false;
    midLine = false;
  }

  /** Whether the child has just turned out to write more than its pipe holds; true once. */
  boolean isFoundChatty() {
    if (fullReads != CHATTY) return false;
    fullReads++;
    return true;
  }

  /** Whether a line too long to be held has been given in part and not ended yet. */
  boolean isInLongLine() {
    return inLongLine;
  }

  /** When {@link #overdue} should be called next, in {@link System#nanoTime}; or {@link #NEVER}. */
  long due() {
    return switch (wait) {
      case NOTHING -> NEVER;
      case SILENCE -> Math.min(readAt + SILENCE, begunAt + LONGEST_DELAY);
      case STALL -> readAt + LONGEST_DELAY;
    };
  }

  /** Shows the unfinished line: the child paused in it, or redraws it again and again. */
  void overdue(ByteBuffer room, SinkDispatcher delivery) {
    if (wait == Wait.STALL) {
      wait = Wait.NOTHING;
      delivery.stalled(source);
      return;
    }
    loadRest(room);
    int end = restLength;
    int cut = ByteScan.afterLastLine(room, 0, end);
    give(room, 0, cut, delivery);
    wait = cut < end ? Wait.STALL : Wait.NOTHING;
    int kept = givePiece(room.limit(end), cut, end, delivery);
    restHasLines = false;
    keepRest(room.limit(end), kept, end);
  }

  /** Gives the last words, ended by LF, and closes the pipe. */
  void end(ByteBuffer room, SinkDispatcher delivery) {
    inLongLine = false;
    if (restLength > 0) {
      loadRest(room);
      if (room.get(restLength - 1) != '\n') room.put((byte) '\n');
      room.flip();
      delivery.lines(this, source, room);
    }
    delivery.ended(this, source);
    abandon();
  }

  /** Closes the pipe and gives nothing more. */
  void abandon() {
    try {
      pipe.close();
    } catch (IOException alreadyUseless) {
      // A pipe that cannot be closed has nothing more to say either.
    }
    ended.complete(null);
  }

  private int fill(ByteBuffer room) {
    try {
      return pipe.read(room);
    } catch (IOException gone) {
      return ENDED;
    }
  }

  private int givePiece(ByteBuffer room, int from, int end, SinkDispatcher delivery) {
    int cut = ByteScan.wholeCharacters(room, from, end);
    if (cut > from) {
      delivery.partial(this, source, room.position(from).limit(cut));
      midLine = true;
    }
    return cut;
  }

  private void loadRest(ByteBuffer room) {
    room.clear().put(rest, 0, restLength);
  }

  private void keepRest(ByteBuffer room, int from, int end) {
    restLength = end - from;
    if (restLength > rest.length) {
      rest = Arrays.copyOf(rest, Integer.highestOneBit(restLength - 1) << 1);
    }
    room.get(from, rest, 0, restLength);
  }

  private void watch(boolean begins, long now) {
    readAt = now;
    if (begins || wait != Wait.SILENCE) begunAt = now;
    wait = restLength > 0 ? Wait.SILENCE : Wait.NOTHING;
  }
}
