package jlocal.logs;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

  private static final Duration FOREVER = Duration.ofDays(36_500);

  /** Lines are dated by their turn, so one source keeps it no longer than this. */
  private static final long TURN = TimeUnit.MILLISECONDS.toNanos(100);

  private static final int LEAST_BYTES = 1024 * 1024;
  private static final int MOST_BYTES = 256 * 1024 * 1024;
  private static final int BYTES_OF_A_LINE = 512;
  private static final int SOURCE_BYTES = 16 * 1024;

  private final Audience audience = new Audience();
  private final Map<Source, ByteRing> tails = new HashMap<>();
  private final ByteRing text;
  private final int lines;
  // Who wrote the text, in turns; each turn ends where the next one begins.
  private final @Nullable Source[] speakers;
  private final long[] turnBegan;
  private final long[] turnTime;
  private long turns;

  /**
   * @param lines how many lines of the whole app are kept; of each source some are kept even for 0
   */
  public Backlog(int lines) {
    this.lines = lines;
    text = new ByteRing(appBytes(lines));
    speakers = new Source[Math.max(1, lines)];
    turnBegan = new long[Math.max(1, lines)];
    turnTime = new long[Math.max(1, lines)];
  }

  @Override
  public synchronized void lines(Source source, ByteBuffer wholeLines) {
    long now = System.nanoTime();
    keep(source, wholeLines, now);
    audience.lines(source, wholeLines, now);
  }

  @Override
  public synchronized void partial(Source source, ByteBuffer piece) {
    long now = System.nanoTime();
    keep(source, piece, now);
    audience.partial(source, piece, now);
  }

  @Override
  public synchronized void stalled(Source source) {
    audience.stalled(source);
  }

  @Override
  public synchronized void ended(Source source) {
    audience.ended(source);
  }

  @Override
  public void flush() {}

  /**
   * Gives a follower the last lines of the whole app, as {@link #replay} does, and from then on
   * what is written: nothing twice, and what is left out of a flood is told. At once, even while
   * nobody reads the log.
   *
   * @param follower must not wait; called by one thread at a time, the caller's and the hub's
   */
  public synchronized void follow(Follower follower, int lines) {
    follow(follower, lines, FOREVER);
  }

  /** The same without lines that are older than this, to a tenth of a second. */
  public synchronized void follow(Follower follower, int lines, Duration age) {
    replay(lines, age, follower);
    audience.add(follower);
  }

  /** Gives a follower nothing more. */
  public synchronized void unfollow(Follower follower) {
    audience.remove(follower);
  }

  /**
   * The last lines of one source, oldest first, as plain text: without colours and control
   * characters.
   *
   * @param lines how many at most
   */
  public List<String> last(Source source, int lines) {
    return newest(source, lines).stream().map(PlainText::of).toList();
  }

  /**
   * The same with the colours (SGR sequences, ECMA-48 8.3.117) they were written in. Each line
   * begins with those that go on from the line before; what it opens it need not close.
   */
  public List<String> lastInColor(Source source, int lines) {
    var colors = new ColoredText();
    return newest(source, lines).stream().map(colors::line).toList();
  }

  private List<ByteBuffer> newest(Source source, int lines) {
    var newest = new NewestLines(lines);
    Turn turn = tail(source);
    if (turn != null) newest.add(turn);
    return newest.texts();
  }

  /**
   * Gives the last lines of the whole app to a drain, in the order they ended, byte for byte; in
   * the caller's thread.
   *
   * @param lines how many at most
   */
  public void replay(int lines, LogDrain drain) {
    replay(lines, FOREVER, drain);
  }

  /** The same without lines that are older than this, to a tenth of a second. */
  public void replay(int lines, Duration age, LogDrain drain) {
    var newest = new NewestLines(Math.min(lines, this.lines));
    turns(System.nanoTime() - age.toNanos()).forEach(newest::add);
    newest.give(drain);
  }

  private void keep(Source source, ByteBuffer in, long now) {
    if (turns == 0 || !goesOn(slot(turns - 1), source, now)) {
      speakers[slot(turns)] = source;
      turnTime[slot(turns)] = now;
      turnBegan[slot(turns)] = text.written();
      turns++;
    }
    text.append(in, in.position(), in.limit());
    ByteRing tail = tails.computeIfAbsent(source, _ -> new ByteRing(SOURCE_BYTES));
    tail.append(in, in.position(), in.limit());
  }

  private boolean goesOn(int slot, Source source, long now) {
    return source.equals(speakers[slot]) && now - turnTime[slot] < TURN;
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
    return new Turn(source, tail.copy(tail.oldest(), tail.written()), tail.oldest() > 0, 0);
  }

  private synchronized List<Turn> turns(long since) {
    var kept = new ArrayList<Turn>();
    long end = text.written();
    for (long turn = turns - 1; turn >= Math.max(0, turns - speakers.length); turn--) {
      long from = Math.max(turnBegan[slot(turn)], text.oldest());
      Source source = speakers[slot(turn)];
      if (from >= end || source == null || turnTime[slot(turn)] - since < -TURN) break;
      boolean cut = from > turnBegan[slot(turn)];
      kept.addFirst(new Turn(source, text.copy(from, end), cut, turnTime[slot(turn)]));
      end = from;
    }
    return kept;
  }
}
