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
 * Reads a named pipe; fifo(7). All that blocks is on a platform thread of its own: open(2) knows no
 * timeout, and a virtual thread would keep its carrier.
 */
final class NamedPipe {
  private NamedPipe() {}

  /** Reads an open pipe, for as long as its writers take. */
  interface Reader<T> {
    T read(InputStream pipe) throws IOException;
  }

  /**
   * Reads the pipe once it has a writer.
   *
   * @throws TimeoutException when it has none within the timeout
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

  /** Gives the thread that waits in open(2) a writer; to open for both never waits. */
  private static void release(Path pipe, FutureTask<InputStream> opening) throws IOException {
    try (var _ = Files.newByteChannel(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      opening.get().close();
    } catch (ExecutionException _) {
      // It waits no more.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
