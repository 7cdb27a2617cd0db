package jlocal.app;

import java.util.function.Consumer;
import jlocal.os.SpawnFailure;

/**
 * Logs failures of threads, as the handler of uncaught exceptions; threads that are needed until
 * the end call it themselves and continue. Logs the same message at most once a second.
 */
final class UncaughtExceptionLog implements Thread.UncaughtExceptionHandler {
  private static final long REPEAT_NANOS = 1_000_000_000;

  private final Consumer<String> log;
  private String last = "";
  private long lastAt;

  UncaughtExceptionLog(Consumer<String> log) {
    this.log = log;
  }

  @Override
  public synchronized void uncaughtException(Thread thread, Throwable failure) {
    String sentence = "thread '" + thread.getName() + "' failed: " + reason(failure);
    long now = System.nanoTime();
    if (sentence.equals(last) && now - lastAt < REPEAT_NANOS) return;
    last = sentence;
    lastAt = now;
    log.accept(sentence);
  }

  private static String reason(Throwable failure) {
    if (failure instanceof OutOfMemoryError refused) return SpawnFailure.reason(refused);
    StackTraceElement[] trace = failure.getStackTrace();
    String where = trace.length == 0 ? "" : " at " + trace[0];
    return failure + where + "; this is a bug in jlocal, please report it";
  }
}
