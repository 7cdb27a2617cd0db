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
 * Keeps the last lines of each source in memory, to be read from any thread. Each source has its
 * own buffer, so a busy one does not displace the others. Memory is limited to 16 MB for all
 * sources (1 MB each with 1,500 lines); very long lines leave space for fewer, and may lose their
 * beginning.
 */
public final class LogHistory implements LogSink {
  /** The number of lines that Heroku's Logplex keeps for {@code heroku logs}. */
  public static final int LINES = 1_500;

  /** A chunk covers at most this time, in ms, for all its lines are dated by its beginning. */
  static final long MAX_CHUNK_MILLIS = 100;

  private static final long BYTES_PER_LINE = 512;
  private static final int MIN_SOURCE_BYTES = 16 * 1024;
  private static final int MAX_SOURCE_BYTES = 1024 * 1024;
  private static final int MAX_TOTAL_BYTES = 16 * MAX_SOURCE_BYTES;

  private final List<LogQueue> followers = new ArrayList<>();
  private final Map<Source, SourceLog> logs = new HashMap<>();
  private final int lines;
  private final int sourceBytes;
  private @Nullable Source writer;
  private long chunkNumber;
  private long chunkBegan;
  private volatile Runnable onFlush = () -> {};

  /**
   * Creates an empty history.
   *
   * @param lines how many lines of each source are kept, at least 1
   */
  public LogHistory(int lines) {
    this.lines = lines;
    sourceBytes = Math.clamp(lines * BYTES_PER_LINE, MAX_SOURCE_BYTES, MAX_TOTAL_BYTES);
  }

  @Override
  public synchronized void lines(Source source, ByteBuffer wholeLines) {
    append(source, wholeLines);
    for (LogQueue follower : followers) {
      if (follower.wants(source)) follower.lines(source, copy(wholeLines));
    }
  }

  @Override
  public synchronized void partial(Source source, ByteBuffer piece) {
    append(source, piece);
    for (LogQueue follower : followers) {
      if (follower.wants(source)) follower.partial(source, copy(piece));
    }
  }

  @Override
  public synchronized void stalled(Source source) {
    for (LogQueue follower : followers) if (follower.wants(source)) follower.stalled(source);
  }

  @Override
  public synchronized void ended(Source source) {
    for (LogQueue follower : followers) if (follower.wants(source)) follower.ended(source);
  }

  @Override
  public void flush() {
    onFlush.run();
  }

  /** Sets an action to run after each batch, on the writing threads. It must not block. */
  public void onFlush(Runnable task) {
    onFlush = task;
  }

  /**
   * Returns what is kept of the sources a follower wants, and queues for it all that is written
   * from then on, with no overlap. Does not block, even while stdout is not read.
   */
  public synchronized LogSnapshot follow(LogQueue follower) {
    followers.add(follower);
    return new LogSnapshot(read(new HashMap<>(), Long.MAX_VALUE, follower::wants), lines);
  }

  /** Stops queueing for a follower. */
  public synchronized void unfollow(LogQueue follower) {
    followers.remove(follower);
  }

  /**
   * Returns, in order, the text that a reader at its own pace has not read.
   *
   * @param seen how far it has read each source; updated
   * @return null if some of the text is no longer kept
   */
  public synchronized @Nullable List<LogSnapshot.Chunk> next(Map<Source, Long> seen) {
    for (var log : logs.entrySet()) {
      if (log.getValue().oldest() > seen.getOrDefault(log.getKey(), 0L)) return null;
    }
    return read(seen, Long.MAX_VALUE, _ -> true);
  }

  /**
   * Returns the newest text in order, an equal share for each source.
   *
   * @param seen set for {@link #next}
   * @param bytes the limit for all sources together
   */
  public synchronized List<LogSnapshot.Chunk> newest(Map<Source, Long> seen, int bytes) {
    seen.clear();
    return read(seen, bytes / Math.max(1, logs.size()), _ -> true);
  }

  private List<LogSnapshot.Chunk> read(
      Map<Source, Long> seen, long bytesPerSource, Predicate<Source> wanted) {
    var chunks = new ArrayList<LogSnapshot.Chunk>();
    logs.forEach((source, log) -> {
      if (!wanted.test(source)) return;
      Long before = seen.put(source, log.end());
      long from = Math.max(before == null ? 0 : before, log.end() - bytesPerSource);
      chunks.addAll(log.from(from, before != null));
    });
    chunks.sort(Comparator.comparingLong(LogSnapshot.Chunk::number));
    return chunks;
  }

  /** Starts a new run of a process: {@link #last} returns nothing written before. */
  public synchronized void beginRun(Source source) {
    log(source).beginRun();
  }

  /**
   * Returns the last lines of a source's current run, oldest first, without colours and control
   * characters.
   *
   * @param lines how many at most
   */
  public List<String> last(Source source, int lines) {
    return newest(source, lines).stream().map(AnsiText::plain).toList();
  }

  /**
   * Like {@link #last}, with the colours they were written in (SGR sequences, ECMA-48 8.3.117).
   * Each line begins with the colours that continue from the line before, and need not close its
   * own.
   */
  public List<String> lastInColor(Source source, int lines) {
    var colored = AnsiText.colored();
    return newest(source, lines).stream().map(colored::render).toList();
  }

  private List<ByteBuffer> newest(Source source, int lines) {
    List<LogSnapshot.Chunk> run;
    synchronized (this) {
      SourceLog log = logs.get(source);
      run = log == null ? List.of() : List.of(log.run());
    }
    return new LogSnapshot(run, lines).lines();
  }

  private static ByteBuffer copy(ByteBuffer text) {
    return text.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  private void append(Source source, ByteBuffer in) {
    long now = System.currentTimeMillis();
    if (!source.equals(writer) || now - chunkBegan >= MAX_CHUNK_MILLIS || now < chunkBegan) {
      writer = source;
      chunkBegan = now;
      chunkNumber++;
    }
    log(source).append(in, chunkNumber, chunkBegan);
  }

  private SourceLog log(Source source) {
    SourceLog log = logs.get(source);
    if (log != null) return log;
    int bytes =
        Integer.highestOneBit(
            Math.clamp(MAX_TOTAL_BYTES / (logs.size() + 1), MIN_SOURCE_BYTES, sourceBytes));
    logs.values().forEach(other -> other.shrink(bytes));
    log = new SourceLog(source, bytes);
    logs.put(source, log);
    return log;
  }
}
