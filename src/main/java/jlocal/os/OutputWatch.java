package jlocal.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Detects that stdout has no reader any more, without writing to it: {@code jlocal start | head} of
 * a quiet app. One thread blocks in poll(2) until then.
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
   * Watches stdout if it is a pipe or a socket; files have no reader, and a closed terminal sends
   * SIGHUP. Also enlarges a pipe ({@link PipeSize}).
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
      return new OutputWatch(
          null); // No thread or descriptor is available: the next write will fail.
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

  /** Ends the thread, for the exit of the JVM waits 300 ms for threads in native code. */
  @Override
  public void close() {
    if (wakeup != null) wakeup.wakeup();
  }
}
