package jlocal.os;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;

/**
 * Waits for the exit of one child, on a thread that is started before the child: without a thread
 * there is no child. {@code Process.onExit} needs the common pool, which never recovers from a
 * worker thread that could not be started.
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
   * @throws OutOfMemoryError when the system has no thread to give
   */
  ExitWaiter(LongConsumer reaped) {
    this.reaped = reaped;
    Thread.ofPlatform().name("exit").daemon().stackSize(STACK_BYTES).start(this::run);
  }

  void await(Process started) {
    child.complete(started);
  }

  /** There is no child. */
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
      // Nothing to wait for.
    }
  }
}
