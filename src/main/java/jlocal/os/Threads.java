package jlocal.os;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads where the system may have none to give (pids cgroup, {@code ulimit -u}): what is needed
 * to answer and to end runs on threads that exist from the start. All are daemon threads.
 */
public final class Threads {
  private Threads() {}

  /**
   * An executor whose threads are running when this returns, and stay. What a task throws goes to
   * the thread's uncaught exception handler and does not end the thread.
   *
   * @throws OutOfMemoryError when the system has no thread to give
   */
  public static ExecutorService prepared(int count, String name) {
    return new Pool(count, count, Duration.ZERO, new LinkedBlockingQueue<>(), name);
  }

  /**
   * The same with further threads up to {@code most}, which end after having been idle. {@code
   * execute} throws OutOfMemoryError when it needs one and the system has none to give.
   */
  public static ExecutorService growing(int count, int most, Duration idle, String name) {
    return new Pool(count, most, idle, new SynchronousQueue<>(), name);
  }

  /** One prepared thread for tasks that are due later; what they throw is lost. */
  public static ScheduledExecutorService scheduler(String name) {
    var scheduler = new ScheduledThreadPoolExecutor(1, factory(name));
    scheduler.prestartCoreThread();
    return scheduler;
  }

  /** Runs a task on a thread of its own, or not at all where there is none to be had. */
  public static void optional(String name, Runnable task) {
    try {
      factory(name).newThread(task).start();
    } catch (OutOfMemoryError _) {
      // The task only makes something quicker.
    }
  }

  /** Hands a throwable to the handler of the current thread, which goes on. */
  public static void report(Throwable failure) {
    Thread current = Thread.currentThread();
    current.getUncaughtExceptionHandler().uncaughtException(current, failure);
  }

  private static ThreadFactory factory(String name) {
    return Thread.ofPlatform().name(name).daemon()::unstarted;
  }

  private static final class Pool extends ThreadPoolExecutor {
    Pool(int count, int most, Duration idle, BlockingQueue<Runnable> queue, String name) {
      super(count, most, idle.toNanos(), TimeUnit.NANOSECONDS, queue, factory(name));
      prestartAllCoreThreads();
    }

    @Override
    public void execute(Runnable task) {
      super.execute(() -> {
        try {
          task.run();
        } catch (Throwable failure) {
          report(failure);
        }
      });
    }
  }
}
