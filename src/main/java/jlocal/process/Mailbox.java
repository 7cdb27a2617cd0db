package jlocal.process;

import java.time.Duration;

/** The one thread that owns every instance. What is posted runs there, one after the other. */
interface Mailbox {
  /** Runs the task after those posted before it; from any thread. */
  void post(Runnable task);

  /** Runs the task after the delay; from any thread. Tasks cannot be taken back. */
  void after(Duration delay, Runnable task);

  /** A monotonic clock, in nanoseconds. */
  long nanoTime();
}
