package jlocal.sleep;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import jlocal.app.RunningApp;
import jlocal.control.Request;
import jlocal.os.Threads;

/** Checks periodically whether an app still gets requests, and puts an idle one to sleep. */
public final class IdleMonitor {
  private static final long MIN_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long MAX_PAUSE = TimeUnit.SECONDS.toNanos(30);

  private final Duration limit;
  private final RunningApp app;
  private IdleTime idle;

  private IdleMonitor(Duration limit, RunningApp app) {
    this.limit = limit;
    this.app = app;
    idle = new IdleTime(app.traffic().get().requests(), System.nanoTime());
  }

  /**
   * Checks on a thread of its own, for as long as the app runs.
   *
   * @param limit the time without a request after which the app sleeps, at most a twentieth later
   */
  public static void start(Duration limit, RunningApp app) {
    var sleep = new IdleMonitor(limit, app);
    long pause = Math.clamp(limit.toNanos() / 20, MIN_PAUSE, MAX_PAUSE);
    Runnable check = () -> Threads.guarded(sleep::check);
    var _ =
        Threads.scheduler("sleep")
            .scheduleWithFixedDelay(check, pause, pause, TimeUnit.NANOSECONDS);
  }

  private void check() {
    long now = System.nanoTime();
    idle = idle.after(app.traffic().get(), now);
    // Refused while there is nothing to put to sleep.
    if (idle.isOver(limit, now)) app.orders().answer(Request.of("sleep"));
  }
}
