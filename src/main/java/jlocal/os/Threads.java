package jlocal.os;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads where the system may have none to give (pids cgroup, {@code ulimit -u}): what is needed
 * to answer and to end runs on threads that exist from the start.
 */
public final class Threads {
  private Threads() {}

  /**
   * An executor of daemon threads that are running when this returns. What a task throws goes to
   * the thread's uncaught exception handler and does not end the thread.
   *
   * @throws OutOfMemoryError when the system has no thread to give
   */
  public static ExecutorService prepared(int count, String name) {
    var pool = new Pool(count, Thread.ofPlatform().name(name).daemon()::unstarted);
    pool.prestartAllCoreThreads();
    return pool;
  }

  /** Runs a task on a thread of its own, or not at all where there is none to be had. */
  public static void optional(String name, Runnable task) {
    try {
      Thread.ofPlatform().name(name).daemon().start(task);
    } catch (OutOfMemoryError _) {
      // It was only to make something quicker.
    }
  }

  /** Hands a throwable to the handler of the current thread, which goes on. */
  public static void report(Throwable failure) {
    Thread current = Thread.currentThread();
    current.getUncaughtExceptionHandler().uncaughtException(current, failure);
  }

  private static final class Pool extends ThreadPoolExecutor {
    Pool(int count, ThreadFactory factory) {
      super(count, count, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
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
