package jlocal.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads a named pipe; fifo(7). Blocking calls run on a platform thread of their own, since open(2)
 * has no timeout and would pin the carrier of a virtual thread.
 */
final class NamedPipeReader {
  private NamedPipeReader() {}

  /** Reads an open pipe to its end. */
  interface Reader<T> {
    T read(InputStream pipe) throws IOException;
  }

  /**
   * Reads the pipe once it has a writer.
   *
   * @throws TimeoutException if it has none within the timeout
   */
  static <T> T read(Path pipe, Duration writerTimeout, Reader<T> reader)
      throws IOException, TimeoutException {
    FutureTask<InputStream> opening = started(() -> Files.newInputStream(pipe));
    try {
      InputStream opened = opening.get(writerTimeout.toMillis(), TimeUnit.MILLISECONDS);
      return started(() -> reader.read(opened)).get();
    } catch (TimeoutException none) {
      release(pipe, opening);
      throw none;
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof IOException io ? io : new IOException(failure.getCause());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted");
    }
  }

  private static <T> FutureTask<T> started(Callable<T> task) {
    var future = new FutureTask<>(task);
    Thread.ofPlatform().name("pipe").daemon().start(future);
    return future;
  }

  /**
   * Unblocks the thread in open(2) by giving it a writer; opening for both reading and writing
   * never blocks.
   */
  private static void release(Path pipe, FutureTask<InputStream> opening) throws IOException {
    try (var _ = Files.newByteChannel(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      opening.get().close();
    } catch (ExecutionException _) {
      // The open has failed, so nothing is blocked.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
