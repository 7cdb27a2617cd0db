package jlocal.logs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

  /** Lines are dated by their turn, so one source keeps it no longer than this. */
  private static final long TURN = TimeUnit.MILLISECONDS.toNanos(100);

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
  public void flush() {}

  /**
   * Takes what is kept of the sources a follower wants, and from then on queues for it what is
   * written: nothing twice. At once, even while stdout is not read.
   *
   * @param age how old lines can be at most, to a tenth of a second
   */
  public synchronized KeptText follow(LogQueue follower, Duration age) {
    long since = System.nanoTime() - age.toNanos() - TURN;
    List<KeptText.Turn> turns =
        logs.entrySet().stream()
            .filter(entry -> follower.wants(entry.getKey()))
            .flatMap(entry -> entry.getValue().since(since).stream())
            .sorted(Comparator.comparingLong(KeptText.Turn::number))
            .toList();
    followers.add(follower);
    return new KeptText(turns, lines);
  }

  /** Gives a follower nothing more. */
  public synchronized void unfollow(LogQueue follower) {
    followers.remove(follower);
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
    long now = System.nanoTime();
    if (!source.equals(writer) || now - turnBegan >= TURN) {
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
