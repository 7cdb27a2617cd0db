package jlocal.logs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import jlocal.ansi.AnsiText;
import org.jspecify.annotations.Nullable;

/**
 * The last lines of each source, to be read from any thread. Each source has its own, so that none
 * is emptied by what another writes. Bounded in bytes, so very long lines are fewer and lack their
 * beginning: 16 MB for all sources, 1 MB for each with 1,500 lines.
 */
public final class LogHistory implements LogSink {
  /** As many as Heroku's Logplex keeps for {@code heroku logs}. */
  public static final int LINES = 1_500;

  /** Lines are dated by their turn, so one source keeps it no longer than this, in ms. */
  static final long TURN = 100;

  private static final long BYTES_OF_A_LINE = 512;
  private static final int LEAST_BYTES = 16 * 1024;
  private static final int SOURCE_BYTES = 1024 * 1024;
  private static final int ALL_BYTES = 16 * SOURCE_BYTES;

  private final List<LogQueue> followers = new ArrayList<>();
  private final Map<Source, SourceLog> logs = new HashMap<>();
  private final int lines;
  private final int sourceBytes;
  private @Nullable Source writer;
  private long turn;
  private long turnBegan;
  private volatile Runnable onFlush = () -> {};

  /**
   * Nothing has been written.
   *
   * @param lines how many lines of each source are kept, at least 1
   */
  public LogHistory(int lines) {
    this.lines = lines;
    sourceBytes = Math.clamp(lines * BYTES_OF_A_LINE, SOURCE_BYTES, ALL_BYTES);
  }

  @Override
  public synchronized void lines(Source source, ByteBuffer wholeLines) {
    keep(source, wholeLines);
    for (LogQueue each : followers) {
      if (each.wants(source)) each.lines(source, copy(wholeLines));
    }
  }

  @Override
  public synchronized void partial(Source source, ByteBuffer piece) {
    keep(source, piece);
    for (LogQueue each : followers) {
      if (each.wants(source)) each.partial(source, copy(piece));
    }
  }

  @Override
  public synchronized void stalled(Source source) {
    for (LogQueue each : followers) if (each.wants(source)) each.stalled(source);
  }

  @Override
  public synchronized void ended(Source source) {
    for (LogQueue each : followers) if (each.wants(source)) each.ended(source);
  }

  @Override
  public void flush() {
    onFlush.run();
  }

  /** What is done after each round of text, by the threads that write: it returns at once. */
  public void onFlush(Runnable task) {
    onFlush = task;
  }

  /**
   * Takes what is kept of the sources a follower wants, and from then on queues for it what is
   * written: nothing twice. At once, even while stdout is not read.
   */
  public synchronized KeptText follow(LogQueue follower) {
    followers.add(follower);
    return new KeptText(read(new HashMap<>(), Long.MAX_VALUE, follower::wants), lines);
  }

  /** Gives a follower nothing more. */
  public synchronized void unfollow(LogQueue follower) {
    followers.remove(follower);
  }

  /**
   * What a reader at its own pace has not got yet, in order.
   *
   * @param seen how far it has got with each source; brought up to date
   * @return null when some of it is not kept any more
   */
  public synchronized @Nullable List<KeptText.Turn> next(Map<Source, Long> seen) {
    for (var log : logs.entrySet()) {
      if (log.getValue().oldest() > seen.getOrDefault(log.getKey(), 0L)) return null;
    }
    return read(seen, Long.MAX_VALUE, _ -> true);
  }

  /**
   * The end of what is kept, in order; of each source its share.
   *
   * @param seen is set for {@link #next}
   * @param bytes of all sources together, at most
   */
  public synchronized List<KeptText.Turn> newest(Map<Source, Long> seen, int bytes) {
    seen.clear();
    return read(seen, bytes / Math.max(1, logs.size()), _ -> true);
  }

  private List<KeptText.Turn> read(
      Map<Source, Long> seen, long bytesOfEach, Predicate<Source> wanted) {
    var turns = new ArrayList<KeptText.Turn>();
    logs.forEach((source, log) -> {
      if (!wanted.test(source)) return;
      Long before = seen.put(source, log.end());
      long from = Math.max(before == null ? 0 : before, log.end() - bytesOfEach);
      turns.addAll(log.from(from, before != null));
    });
    turns.sort(Comparator.comparingLong(KeptText.Turn::number));
    return turns;
  }

  /** Another run of a process begins: {@link #last} gives nothing that was written before. */
  public synchronized void beginRun(Source source) {
    log(source).beginRun();
  }

  /**
   * The last lines of a source's last run, oldest first, as plain text: without colours and control
   * characters.
   *
   * @param lines how many at most
   */
  public List<String> last(Source source, int lines) {
    return newest(source, lines).stream().map(AnsiText::plain).toList();
  }

  /**
   * The same with the colours (SGR sequences, ECMA-48 8.3.117) they were written in. Each line
   * begins with those that go on from the line before; what it opens it need not close.
   */
  public List<String> lastInColor(Source source, int lines) {
    var colored = AnsiText.colored();
    return newest(source, lines).stream().map(colored::render).toList();
  }

  private List<ByteBuffer> newest(Source source, int lines) {
    List<KeptText.Turn> run;
    synchronized (this) {
      SourceLog log = logs.get(source);
      run = log == null ? List.of() : List.of(log.run());
    }
    return new KeptText(run, lines).lines();
  }

  private static ByteBuffer copy(ByteBuffer text) {
    return text.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  private void keep(Source source, ByteBuffer in) {
    long now = System.currentTimeMillis();
    if (!source.equals(writer) || now - turnBegan >= TURN || now < turnBegan) {
      writer = source;
      turnBegan = now;
      turn++;
    }
    log(source).append(in, turn, turnBegan);
  }

  private SourceLog log(Source source) {
    SourceLog log = logs.get(source);
    if (log != null) return log;
    int bytes =
        Integer.highestOneBit(Math.clamp(ALL_BYTES / (logs.size() + 1), LEAST_BYTES, sourceBytes));
    logs.values().forEach(other -> other.shrink(bytes));
    log = new SourceLog(source, bytes);
    logs.put(source, log);
    return log;
  }
}
