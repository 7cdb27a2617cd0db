package jlocal.process;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import jlocal.os.Threads;

/**
 * The one thread that owns every instance. Tasks run there one after the other; the thread sleeps
 * while none is due. All methods may be called from any thread.
 */
final class EventLoop implements AutoCloseable {
  /** What is posted after the end is not run. */
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1,
          Thread.ofPlatform().name("manager").daemon()::unstarted,
          new ThreadPoolExecutor.DiscardPolicy());

  EventLoop() {
    thread.prestartCoreThread();
  }

  /** Runs the task after those posted before it. */
  void post(Runnable task) {
    schedule(Duration.ZERO, task);
  }

  /** Runs the task after the delay. A task cannot be cancelled. */
  void schedule(Duration delay, Runnable task) {
    var _ = thread.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** A monotonic clock, in nanoseconds. */
  long nanoTime() {
    return System.nanoTime();
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable failure) {
      Threads.report(failure); // The other instances, and the end, still need this thread.
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
