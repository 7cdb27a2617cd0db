package jlocal.control;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import jlocal.os.Cleanup;
import jlocal.os.PrivateFiles;
import org.jspecify.annotations.Nullable;

/**
 * A lock on the control folder: only one process at a time creates or deletes files in it and
 * chooses ports. The system releases it when its owner ends in any way (fcntl(2)).
 */
final class FolderLock implements AutoCloseable {
  /**
   * The locked file. It is never deleted, and not named {@code .lock}, because it belongs to no
   * app.
   */
  private static final String FILE = "ports";

  /** The owner needs milliseconds; one that takes longer was stopped (SIGSTOP). */
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** File locks are held by processes, not by threads. */
  private static final ReentrantLock IN_PROCESS = new ReentrantLock();

  private final @Nullable FileChannel file;

  private FolderLock(@Nullable FileChannel file) {
    this.file = file;
  }

  /** Waits for the lock. Continues without it if that takes too long, or no file can be written. */
  static FolderLock take(Path folder) {
    IN_PROCESS.lock();
    try {
      FileChannel file = open(folder.resolve(FILE), StandardOpenOption.CREATE);
      boolean _ = tryLock(file, TIMEOUT);
      return new FolderLock(file);
    } catch (IOException _) {
      return new FolderLock(null);
    }
  }

  static FileChannel open(Path file, OpenOption... more) throws IOException {
    var options = new HashSet<OpenOption>(List.of(more));
    options.add(StandardOpenOption.READ);
    options.add(StandardOpenOption.WRITE);
    options.add(LinkOption.NOFOLLOW_LINKS);
    return FileChannel.open(file, options, PrivateFiles.FILE);
  }

  /** Whether this process now holds the lock of the file. */
  static boolean tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false; // This very process holds it.
    }
  }

  /** Waits for the lock; closes the file if the wait was in vain. */
  static boolean tryLock(FileChannel file, Duration timeout) throws IOException {
    if (tryLock(file)) return true;
    var lock = new FutureTask<>(file::lock);
    try {
      Thread.ofPlatform().name("file lock").daemon().start(lock);
      lock.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException | OutOfMemoryError _) {
      // Its owner was stopped, it is locked by this very process, or there is no thread.
    }
    lock.cancel(true);
    return false;
  }

  @Override
  public void close() {
    Cleanup.close(file);
    IN_PROCESS.unlock();
  }
}
