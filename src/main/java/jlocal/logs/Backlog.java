package jlocal.logs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jlocal.logs.NewestLines.Turn;
import org.jspecify.annotations.Nullable;

/**
 * The last lines of the app, and of each source of it, to be read from any thread. Bounded in
 * bytes: 1 MB for the app, 16 KB for a source, so very long lines are fewer and lack their
 * beginning.
 */
public final class Backlog implements LogDrain {
  /** As many as Heroku's Logplex keeps for {@code heroku logs}. */
  public static final int LINES = 1_500;

  private static final int LEAST_BYTES = 1024 * 1024;
  private static final int MOST_BYTES = 256 * 1024 * 1024;
  private static final int BYTES_OF_A_LINE = 512;
  private static final int SOURCE_BYTES = 16 * 1024;

  private final Map<Source, ByteRing> tails = new HashMap<>();
  private final ByteRing text;
  private final int lines;
  // Who wrote the text, in turns; each turn ends where the next one begins.
  private final @Nullable Source[] speakers;
  private final long[] turnBegan;
  private long turns;

  /**
   * @param lines how many lines of the whole app are kept; of each source some are kept even for 0
   */
  public Backlog(int lines) {
    this.lines = lines;
    text = new ByteRing(appBytes(lines));
    speakers = new Source[Math.max(1, lines)];
    turnBegan = new long[Math.max(1, lines)];
  }

  @Override
  public synchronized void lines(Source source, ByteBuffer wholeLines) {
    keep(source, wholeLines);
  }

  @Override
  public synchronized void partial(Source source, ByteBuffer piece) {
    keep(source, piece);
  }

  @Override
  public void flush() {}

  /**
   * The last lines of one source, oldest first, as plain text: without colours and control
   * characters.
   *
   * @param lines how many at most
   */
  public List<String> last(Source source, int lines) {
    var newest = new NewestLines(lines);
    Turn turn = tail(source);
    if (turn != null) newest.add(turn);
    return newest.plain();
  }

  /**
   * Gives the last lines of the whole app to a drain, in the order they ended, byte for byte; in
   * the caller's thread.
   *
   * @param lines how many at most
   */
  public void replay(int lines, LogDrain drain) {
    var newest = new NewestLines(Math.min(lines, this.lines));
    turns().forEach(newest::add);
    newest.give(drain);
  }

  private void keep(Source source, ByteBuffer in) {
    if (turns == 0 || !source.equals(speakers[slot(turns - 1)])) {
      speakers[slot(turns)] = source;
      turnBegan[slot(turns)] = text.written();
      turns++;
    }
    text.append(in, in.position(), in.limit());
    ByteRing tail = tails.computeIfAbsent(source, _ -> new ByteRing(SOURCE_BYTES));
    tail.append(in, in.position(), in.limit());
  }

  private static int appBytes(int lines) {
    long wanted = Math.clamp((long) lines * BYTES_OF_A_LINE, LEAST_BYTES, MOST_BYTES);
    return (int) Long.highestOneBit(wanted);
  }

  private int slot(long turn) {
    return (int) (turn % speakers.length);
  }

  private synchronized @Nullable Turn tail(Source source) {
    ByteRing tail = tails.get(source);
    if (tail == null) return null;
    return new Turn(source, tail.copy(tail.oldest(), tail.written()), tail.oldest() > 0);
  }

  private synchronized List<Turn> turns() {
    var kept = new ArrayList<Turn>();
    long end = text.written();
    for (long turn = turns - 1; turn >= Math.max(0, turns - speakers.length); turn--) {
      long from = Math.max(turnBegan[slot(turn)], text.oldest());
      Source source = speakers[slot(turn)];
      if (from >= end || source == null) break;
      kept.addFirst(new Turn(source, text.copy(from, end), from > turnBegan[slot(turn)]));
      end = from;
    }
    return kept;
  }
}
