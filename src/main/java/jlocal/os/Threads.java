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
 * Creates threads where the system may run out of them (pids cgroup, {@code ulimit -u}): answering
 * requests and ending use threads that exist from the start. All are daemon threads.
 */
public final class Threads {
  private Threads() {}

  /**
   * Returns an executor whose threads are running already and stay. An exception of a task goes to
   * the thread's uncaught exception handler, and the thread survives.
   *
   * @throws OutOfMemoryError if the system cannot create a thread
   */
  public static ExecutorService prepared(int count, String name) {
    return new Pool(count, count, Duration.ZERO, new LinkedBlockingQueue<>(), name);
  }

  /**
   * Like {@link #prepared}, with further threads up to {@code most}, which end when idle. {@code
   * execute} throws OutOfMemoryError if it needs a thread and the system cannot create one.
   */
  public static ExecutorService growing(int count, int most, Duration idle, String name) {
    return new Pool(count, most, idle, new SynchronousQueue<>(), name);
  }

  /** Returns one prepared thread for delayed tasks; their exceptions are lost. */
  public static ScheduledExecutorService scheduler(String name) {
    var scheduler = new ScheduledThreadPoolExecutor(1, factory(name));
    scheduler.prestartCoreThread();
    return scheduler;
  }

  /** Runs a task on a new thread, or not at all if none can be created. */
  public static void optional(String name, Runnable task) {
    try {
      factory(name).newThread(task).start();
    } catch (OutOfMemoryError _) {
      // The task is only an optimization.
    }
  }

  /** Runs a task; what it throws is reported, and the thread continues. */
  public static void guarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable failure) {
      report(failure);
    }
  }

  /** Passes an exception to the handler of the current thread, which continues. */
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
      super.execute(() -> guarded(task));
    }
  }
}
