package jlocal.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Notices that nobody reads our stdout any more, without writing to it: {@code jlocal start | head}
 * of a quiet app. One thread that sleeps in poll(2) until that happens, and never wakes before.
 */
public final class OutputWatch implements AutoCloseable {
  private static final int STDOUT = 1;
  private static final int TYPE = 0xf000;
  private static final int FIFO = 0x1000;
  private static final int SOCKET = 0xc000;

  private final @Nullable Bell bell;

  private OutputWatch(@Nullable Bell bell) {
    this.bell = bell;
  }

  /**
   * Watches stdout if it is a pipe or a socket; a file has no reader, and a terminal that goes says
   * so by SIGHUP. A pipe is let hold more, too ({@link PipeSize}).
   *
   * @param gone called once, on a thread of its own
   */
  public static OutputWatch start(Runnable gone) {
    try {
      if (!hasReader() || !Native.available()) return new OutputWatch(null);
      var watch = new OutputWatch(Bell.hang());
      Thread.ofPlatform().name("output watch").daemon().start(() -> watch.watch(gone));
      return watch;
    } catch (IOException | UnsupportedOperationException | OutOfMemoryError _) {
      return new OutputWatch(null); // The next write will tell.
    }
  }

  private static boolean hasReader() throws IOException {
    int mode = (int) Files.getAttribute(Path.of("/dev/fd/" + STDOUT), "unix:mode");
    return (mode & TYPE) == FIFO || (mode & TYPE) == SOCKET;
  }

  private void watch(Runnable gone) {
    if (bell == null) return;
    PipeSize.growStdout();
    PollSet set = PollSet.endOf(STDOUT, bell.descriptor());
    set.await();
    if (set.hasNews(0) && !set.hasNews(1)) gone.run();
  }

  /** Ends the thread: one that sleeps in native code would hold up the end of the JVM. */
  @Override
  public void close() {
    if (bell != null) bell.ring();
  }
}
