package jlocal.os;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;

/**
 * Waits for the exit of one child, on a thread started before the child, so that no child is
 * started without one. {@code Process.onExit} needs the common pool, which never recovers from a
 * failure to start a worker thread.
 */
final class ExitWaiter {
  private static final long STACK_BYTES = 128 * 1024;

  private final CompletableFuture<Process> child = new CompletableFuture<>();
  private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
  private final LongConsumer reaped;

  /**
   * Starts the thread.
   *
   * @param reaped gets the pid once the JDK has reaped the child
   * @throws OutOfMemoryError if the system cannot create a thread
   */
  ExitWaiter(LongConsumer reaped) {
    this.reaped = reaped;
    Thread.ofPlatform().name("exit").daemon().stackSize(STACK_BYTES).start(this::run);
  }

  void await(Process started) {
    child.complete(started);
  }

  /** Ends the thread, for there is no child. */
  void cancel() {
    child.cancel(false);
  }

  /** Completes on the waiting thread. */
  CompletionStage<ExitStatus> exit() {
    return exit;
  }

  private void run() {
    try {
      Process started = child.join();
      int status = started.waitFor();
      reaped.accept(started.pid());
      exit.complete(ExitStatus.of(status));
    } catch (CancellationException | InterruptedException _) {
      // nothing to wait for
    }
  }
}
