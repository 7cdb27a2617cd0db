package jlocal.process;

import java.time.Duration;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import jlocal.os.Threads;

/**
 * The one thread that owns every instance. Tasks run there one after the other; the thread sleeps
 * while none is due. All methods may be called from any thread.
 */
final class EventLoop implements AutoCloseable {
  private final DelayQueue<Task> tasks = new DelayQueue<>();
  private final AtomicLong posted = new AtomicLong();
  private final Thread thread = Thread.ofPlatform().name("manager").daemon().unstarted(this::run);

  EventLoop start() {
    thread.start();
    return this;
  }

  /** Runs the task after those posted before it. */
  void post(Runnable task) {
    schedule(Duration.ZERO, task);
  }

  /** Runs the task after the delay. A task cannot be cancelled. */
  void schedule(Duration delay, Runnable task) {
    // What is due at once is due "in the past", in the order of posting: see compareTo.
    long due = delay.isZero() ? Long.MIN_VALUE : nanoTime() + delay.toNanos();
    tasks.put(new Task(due, posted.getAndIncrement(), task));
  }

  /** A monotonic clock, in nanoseconds. */
  long nanoTime() {
    return System.nanoTime();
  }

  private void run() {
    while (!Thread.interrupted()) {
      try {
        tasks.take().action().run();
      } catch (InterruptedException _) {
        return; // Closed.
      } catch (Throwable failure) {
        Threads.report(failure); // The other instances, and the end, still need this thread.
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private record Task(long due, long number, Runnable action) implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
      if (due == Long.MIN_VALUE) return 0;
      return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      var that = (Task) other;
      int byTime = Long.compare(due, that.due);
      return byTime != 0 ? byTime : Long.compare(number, that.number);
    }
  }
}
