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
import jlocal.logs.KeptText.Turn;
import jlocal.logs.LogHistory;
import jlocal.logs.Source;
import jlocal.os.PrivateFiles;
import jlocal.os.Threads;
import org.jspecify.annotations.Nullable;

/**
 * Writes the log of a running app into a file, for when the app has ended. It reads the log's
 * memory at its own pace, so that nothing waits for the disk: at once while little is written, else
 * at 4 MB a second. When the file is full, or text has left the memory unread, it is written anew
 * from the memory, which has the last lines of each process: in the file no process takes the place
 * of another either, and no process has a gap.
 */
public final class History {
  private static final int MEGABYTE = 1_000_000;

  /** Of a file, after which it is written anew. */
  private static final int FULL = 4 * MEGABYTE;

  /** Of a file that has been written anew. With earlier runs these are 10 MB. */
  private static final int FRESH = 2 * MEGABYTE;

  private static final int EARLIER_RUNS = 4 * MEGABYTE;
  private static final int MOST_RUNS = 100;

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long NANOS_OF_A_BYTE = TimeUnit.SECONDS.toNanos(1) / (4 * MEGABYTE);
  private static final long RETRY = TimeUnit.SECONDS.toNanos(5);
  private static final long CLOSE_SECONDS = 2;

  private final Path file;
  private final RunningApp app;
  private final LogHistory log;
  private final Map<Source, Long> seen = new HashMap<>();
  private final ScheduledExecutorService thread = Threads.scheduler("history");
  private final AtomicBoolean due = new AtomicBoolean();
  private final ByteBuffer page = ByteBuffer.allocateDirect(64 * 1024);
  private @Nullable FileChannel out;
  private long size;
  private boolean failing;
  private volatile long nextAt = System.nanoTime();

  private History(Path file, RunningApp app) {
    this.file = file;
    this.app = app;
    log = app.inside().log();
  }

  /**
   * Keeps the log of an app from its first line to its last, as far as it is in the log's memory.
   *
   * @param folder of this app; made when it is missing
   */
  public static void start(Path folder, RunningApp app) {
    var history = new History(RunFile.in(folder, System.currentTimeMillis()), app);
    history.thread.execute(() -> history.clear(folder));
    app.inside().log().onFlush(history::flushed);
    app.inside().atEnd().accept(history::close);
    history.flushed();
  }

  /** Deletes what is too much of earlier runs. */
  private void clear(Path folder) {
    try {
      long bytes = 0;
      List<Long> runs = RunFile.list(folder);
      for (int i = 0; i < runs.size(); i++) {
        Path run = RunFile.in(folder, runs.get(i));
        bytes += Files.size(run);
        if (bytes > EARLIER_RUNS || i >= MOST_RUNS) Files.delete(run);
      }
    } catch (IOException _) {
      // What is said when the log cannot be written says enough.
    }
  }

  private void flushed() {
    if (due.get() || !due.compareAndSet(false, true)) return;
    try {
      var _ =
          thread.schedule((Runnable) this::write, nextAt - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException _) {
      // The app has ended.
    }
  }

  private void write() {
    due.set(false);
    long before = System.nanoTime();
    long written = 0;
    try {
      written = writeNew();
      if (failing) app.say().accept("the log is kept for later again");
      failing = false;
    } catch (IOException | RuntimeException failure) {
      closeFile();
      if (!failing) {
        app.say()
            .accept("cannot keep the log for later: " + failure.getMessage() + " (--no-history)");
      }
      failing = true;
    }
    nextAt = before + (failing ? RETRY : PAUSE + written * NANOS_OF_A_BYTE);
  }

  /** Writes what is new in the log; how many bytes that is. */
  private long writeNew() throws IOException {
    FileChannel to = out;
    List<Turn> turns = to == null ? null : log.next(seen);
    boolean fits = turns != null && size + RunFile.size(turns) <= FULL;
    return to == null || turns == null || !fits ? writeAnew() : write(turns, to);
  }

  private long writeAnew() throws IOException {
    closeFile();
    Path fresh = file.resolveSibling("new");
    PrivateFiles.createFolders(file.resolveSibling(""));
    Files.deleteIfExists(fresh);
    FileChannel to = PrivateFiles.append(fresh);
    out = to;
    size = 0;
    try {
      put(ByteBuffer.wrap(RunFile.head(app.inside().definition().get().typeOrder())), to);
      long _ = write(log.newest(seen, FRESH), to);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(fresh);
      throw e;
    }
    return size;
  }

  private long write(List<Turn> turns, FileChannel to) throws IOException {
    long before = size;
    for (Turn turn : turns) {
      put(ByteBuffer.wrap(RunFile.head(turn)), to);
      put(turn.text(), to);
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
    Future<?> last = thread.submit((Runnable) this::write);
    try {
      Object _ = last.get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException _) {
      // What could be written has been.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    thread.shutdownNow();
  }
}
