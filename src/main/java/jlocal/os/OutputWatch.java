package jlocal.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Detects that our stdout has no reader any more, without writing to it: {@code jlocal start |
 * head} of a quiet app. One thread waits in poll(2) and does not wake before that happens.
 */
public final class OutputWatch implements AutoCloseable {
  private static final int STDOUT = 1;
  private static final int TYPE = 0xf000;
  private static final int FIFO = 0x1000;
  private static final int SOCKET = 0xc000;

  private final @Nullable WakeupPipe wakeup;

  private OutputWatch(@Nullable WakeupPipe wakeup) {
    this.wakeup = wakeup;
  }

  /**
   * Watches stdout if it is a pipe or a socket; a file has no reader, and a terminal that goes says
   * so by SIGHUP. A pipe is let hold more, too ({@link PipeSize}).
   *
   * @param gone called once, on a thread of its own
   */
  public static OutputWatch start(Runnable gone) {
    try {
      if (!hasReader() || !Machine.hasNativeAccess()) return new OutputWatch(null);
      var watch = new OutputWatch(WakeupPipe.open());
      Thread.ofPlatform().name("output watch").daemon().start(() -> watch.watch(gone));
      return watch;
    } catch (IOException | UnsupportedOperationException | OutOfMemoryError _) {
      return new OutputWatch(null); // No thread or descriptor is left: the next write fails.
    }
  }

  private static boolean hasReader() throws IOException {
    int mode = (int) Files.getAttribute(Path.of("/dev/fd/" + STDOUT), "unix:mode");
    return (mode & TYPE) == FIFO || (mode & TYPE) == SOCKET;
  }

  private void watch(Runnable gone) {
    if (wakeup == null) return;
    PipeSize.growStdout();
    PollSet set = PollSet.endOf(STDOUT, wakeup.reader());
    set.await();
    if (set.isReady(0) && !set.isReady(1)) gone.run();
  }

  /** Ends the thread: the JVM waits 300 ms at its end for a thread in native code. */
  @Override
  public void close() {
    if (wakeup != null) wakeup.wakeup();
  }
}
