package jlocal.process;

import java.time.Duration;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import jlocal.os.Threads;

/** A mailbox with a thread of its own, which sleeps while there is nothing to do. */
final class ThreadMailbox implements Mailbox, AutoCloseable {
  private final DelayQueue<Letter> letters = new DelayQueue<>();
  private final AtomicLong posted = new AtomicLong();
  private final Thread thread = Thread.ofPlatform().name("manager").daemon().unstarted(this::run);

  ThreadMailbox start() {
    thread.start();
    return this;
  }

  @Override
  public void post(Runnable task) {
    after(Duration.ZERO, task);
  }

  @Override
  public void after(Duration delay, Runnable task) {
    // What is due at once is due "in the past", in the order of posting: see compareTo.
    long due = delay.isZero() ? Long.MIN_VALUE : nanoTime() + delay.toNanos();
    letters.put(new Letter(due, posted.getAndIncrement(), task));
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  private void run() {
    while (!Thread.interrupted()) {
      try {
        letters.take().task().run();
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

  private record Letter(long due, long number, Runnable task) implements Delayed {
    @Override
    public long getDelay(TimeUnit unit) {
      if (due == Long.MIN_VALUE) return 0;
      return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      var that = (Letter) other;
      int byTime = Long.compare(due, that.due);
      return byTime != 0 ? byTime : Long.compare(number, that.number);
    }
  }
}
