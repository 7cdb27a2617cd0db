package jlocal.process;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import jlocal.os.Threads;

/** The thread that owns all instances. Runs tasks one after the other. Thread-safe. */
final class EventLoop implements AutoCloseable {
  /** Drops tasks that are posted after the end. */
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1,
          Thread.ofPlatform().name("manager").daemon()::unstarted,
          new ThreadPoolExecutor.DiscardPolicy());

  EventLoop() {
    thread.prestartCoreThread();
  }

  /** Runs a task after those posted before it. */
  void post(Runnable task) {
    schedule(Duration.ZERO, task);
  }

  /**
   * Runs a task after a delay. It cannot be cancelled. If it throws, the thread continues, for the
   * other instances and for shutdown.
   */
  void schedule(Duration delay, Runnable task) {
    var _ = thread.schedule(() -> Threads.guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** A monotonic clock, in nanoseconds. */
  long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
