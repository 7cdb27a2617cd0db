package jlocal.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import jlocal.app.RunningApp;
import jlocal.logs.LogHistory;
import jlocal.logs.LogSnapshot.Chunk;
import jlocal.logs.Source;
import jlocal.os.PrivateFiles;
import jlocal.os.Threads;
import org.jspecify.annotations.Nullable;

/**
 * Writes the log of a running app to a file that outlives it. Reads the log's memory at its own
 * pace, so nothing waits for the disk: at once while little is written, else at 4 MB per second.
 * When the file is full, or text has left the memory unread, the file is rewritten from memory,
 * which keeps the last lines of each process. So a busy process displaces no other in the file, and
 * no process has a gap.
 */
public final class RunLogWriter {
  private static final int MEGABYTE = 1_000_000;

  /** The size after which a file is rewritten. */
  private static final int MAX_FILE_BYTES = 4 * MEGABYTE;

  /** The maximum size of a rewritten file. With earlier runs the folder has at most 10 MB. */
  private static final int MAX_REWRITTEN_BYTES = 2 * MEGABYTE;

  private static final int MAX_EARLIER_BYTES = 4 * MEGABYTE;
  private static final int MAX_RUNS = 100;

  private static final long WRITE_INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long NANOS_PER_BYTE = TimeUnit.SECONDS.toNanos(1) / (4 * MEGABYTE);
  private static final long RETRY_DELAY = TimeUnit.SECONDS.toNanos(5);
  private static final long CLOSE_SECONDS = 2;

  private final Path file;
  private final RunningApp app;
  private final LogHistory log;
  private final Map<Source, Long> seen = new HashMap<>();
  private final ScheduledExecutorService scheduler = Threads.scheduler("history");
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final ByteBuffer page = ByteBuffer.allocateDirect(64 * 1024);
  private @Nullable FileChannel out;
  private long size;
  private boolean failing;
  private volatile long nextAt = System.nanoTime();

  private RunLogWriter(Path file, RunningApp app) {
    this.file = file;
    this.app = app;
    log = app.inside().log();
  }

  /**
   * Keeps the log of an app, from its first line that is still in memory to its last.
   *
   * @param folder of this app; created if missing
   */
  public static void start(Path folder, RunningApp app) {
    var history = new RunLogWriter(RunLog.in(folder, System.currentTimeMillis()), app);
    history.scheduler.execute(() -> history.deleteOldRuns(folder));
    app.inside().log().onFlush(history::flushed);
    app.inside().atEnd().accept(history::close);
    history.flushed();
  }

  /** Deletes the oldest runs over the limits. */
  private void deleteOldRuns(Path folder) {
    try {
      long bytes = 0;
      List<Long> runs = RunLog.list(folder);
      for (int i = 0; i < runs.size(); i++) {
        Path run = RunLog.in(folder, runs.get(i));
        bytes += Files.size(run);
        if (bytes > MAX_EARLIER_BYTES || i >= MAX_RUNS) Files.delete(run);
      }
    } catch (IOException _) {
      // A failing write is reported; that is enough.
    }
  }

  private void flushed() {
    if (scheduled.get() || !scheduled.compareAndSet(false, true)) return;
    try {
      var _ =
          scheduler.schedule(
              (Runnable) this::write, nextAt - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException _) {
      // The app has ended.
    }
  }

  private void write() {
    scheduled.set(false);
    long before = System.nanoTime();
    long written = 0;
    try {
      written = writeNew();
      if (failing) app.say().accept("the log history can be written again");
      failing = false;
    } catch (IOException | RuntimeException failure) {
      closeFile();
      if (!failing) {
        app.say()
            .accept("cannot write the log history: " + failure.getMessage() + " (--no-history)");
      }
      failing = true;
    }
    nextAt = before + (failing ? RETRY_DELAY : WRITE_INTERVAL + written * NANOS_PER_BYTE);
  }

  /** Writes the new text of the log; returns its size in bytes. */
  private long writeNew() throws IOException {
    FileChannel to = out;
    List<Chunk> chunks = to == null ? null : log.next(seen);
    boolean fits = chunks != null && size + RunLog.size(chunks) <= MAX_FILE_BYTES;
    return to == null || chunks == null || !fits ? rewrite() : write(chunks, to);
  }

  private long rewrite() throws IOException {
    closeFile();
    Path fresh = file.resolveSibling("new");
    PrivateFiles.createFolders(file.resolveSibling(""));
    Files.deleteIfExists(fresh);
    FileChannel to = PrivateFiles.append(fresh);
    out = to;
    size = 0;
    try {
      put(ByteBuffer.wrap(RunLog.header(app.inside().definition().get().typeOrder())), to);
      long _ = write(log.newest(seen, MAX_REWRITTEN_BYTES), to);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(fresh);
      throw e;
    }
    return size;
  }

  private long write(List<Chunk> chunks, FileChannel to) throws IOException {
    long before = size;
    for (Chunk chunk : chunks) {
      put(ByteBuffer.wrap(RunLog.header(chunk)), to);
      put(chunk.text(), to);
    }
    flush(to);
    return size - before;
  }

  private void put(ByteBuffer text, FileChannel to) throws IOException {
    int from = text.position();
    while (from < text.limit()) {
      int count = Math.min(page.remaining(), text.limit() - from);
      page.put(page.position(), text, from, count).position(page.position() + count);
      from += count;
      if (!page.hasRemaining()) flush(to);
    }
  }

  private void flush(FileChannel to) throws IOException {
    size += page.position();
    page.flip();
    try {
      while (page.hasRemaining()) to.write(page);
    } finally {
      page.clear();
    }
  }

  private void closeFile() {
    try {
      if (out != null) out.close();
    } catch (IOException _) {
      // What could be written has been.
    }
    out = null;
  }

  /** Writes the last lines. */
  private void close() {
    log.onFlush(() -> {});
    Future<?> last = scheduler.submit((Runnable) this::write);
    try {
      Object _ = last.get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException _) {
      // What could be written has been.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    scheduler.shutdownNow();
  }
}
