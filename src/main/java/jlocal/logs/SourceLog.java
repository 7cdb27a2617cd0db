package jlocal.logs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest text of one source, and when it was written. For one thread at a time. */
final class SourceLog {
  /** What the memory of a turn is counted as, in bytes. */
  private static final int TURN = 64;

  private final Source source;
  private final RingBuffer text;
  private final Deque<Turn> turns = new ArrayDeque<>();
  private int mostTurns;
  private boolean midLine;
  private long runBegan;

  /** Text that was written while no other source wrote. Positions are those of the ring. */
  private static final class Turn {
    private final long number;
    private final long time;
    private final boolean goesOn;
    private final long begin;
    private long end;

    /**
     * A turn that has no text yet.
     *
     * @param goesOn whether it begins in the middle of a line
     */
    Turn(long number, long time, boolean goesOn, long begin) {
      this.number = number;
      this.time = time;
      this.goesOn = goesOn;
      this.begin = begin;
    }
  }

  /**
   * An empty log.
   *
   * @param bytes how much text is kept, a power of two
   */
  SourceLog(Source source, int bytes) {
    this.source = source;
    text = new RingBuffer(bytes);
    mostTurns = bytes / TURN;
  }

  /** From now on no more text than this is kept, a power of two. */
  void shrink(int bytes) {
    text.shrink(bytes);
    mostTurns = bytes / TURN;
    forget();
  }

  /** Another run of the process begins: {@link #run} gives nothing that was written before. */
  void beginRun() {
    runBegan = text.written();
  }

  /**
   * Adds text.
   *
   * @param turn a number that grows when another source has written since, or time has passed
   * @param time when the turn began, in milliseconds since 1970
   */
  void append(ByteBuffer in, long turn, long time) {
    if (turns.isEmpty() || turns.getLast().number != turn) {
      turns.addLast(new Turn(turn, time, midLine, text.written()));
    }
    text.append(in, in.position(), in.limit());
    turns.getLast().end = text.written();
    midLine = in.get(in.limit() - 1) != '\n';
    forget();
  }

  private void forget() {
    while (turns.size() > mostTurns || isLost(turns.peekFirst())) turns.removeFirst();
  }

  private boolean isLost(@Nullable Turn turn) {
    return turn != null && turn.end <= text.oldest();
  }

  /** What the last run wrote, as far as it is kept. */
  KeptText.Turn run() {
    long from = Math.max(runBegan, text.oldest());
    boolean cut = from > runBegan;
    return new KeptText.Turn(source, text.copy(from, text.written()), cut, 0, 0);
  }

  /** The position behind all text. */
  long end() {
    return text.written();
  }

  /** The position from which on nothing is lost. */
  long oldest() {
    return turns.isEmpty() ? text.written() : Math.max(text.oldest(), turns.getFirst().begin);
  }

  /**
   * The turns with text from a position on, as far as it is kept.
   *
   * @param isRead whether what is before the position is known, so that lines go on there
   */
  List<KeptText.Turn> from(long position, boolean isRead) {
    if (position == text.written()) return List.of();
    long first = Math.max(position, text.oldest());
    ByteBuffer all = text.copy(first, text.written());
    var found = new ArrayList<KeptText.Turn>();
    for (Turn turn : turns) {
      if (turn.end <= first) continue;
      long from = Math.max(turn.begin, first);
      ByteBuffer part = all.slice((int) (from - first), (int) (turn.end - from));
      boolean cut = found.isEmpty() && !isRead && (turn.goesOn || from > turn.begin);
      found.add(
          new KeptText.Turn(
              source, part.order(ByteOrder.LITTLE_ENDIAN), cut, turn.number, turn.time));
    }
    return found;
  }
}
