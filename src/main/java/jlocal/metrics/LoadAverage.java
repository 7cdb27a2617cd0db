package jlocal.metrics;

import java.time.Duration;

/**
 * The average number of CPUs an instance has kept busy in 1, 5 and 15 minutes, exponentially damped
 * as the kernel's load average.
 */
record LoadAverage(double oneMinute, double fiveMinutes, double fifteenMinutes) {
  static final LoadAverage NONE = new LoadAverage(0, 0, 0);

  /**
   * Returns the averages after some more time.
   *
   * @param busy the CPU time used in it
   */
  LoadAverage after(Duration time, Duration busy) {
    double seconds = Math.max(1e-3, time.toNanos() / 1e9);
    double now = Math.max(0, busy.toNanos() / 1e9 / seconds);
    return new LoadAverage(
        damped(oneMinute, now, seconds / 60),
        damped(fiveMinutes, now, seconds / 300),
        damped(fifteenMinutes, now, seconds / 900));
  }

  private static double damped(double before, double now, double periods) {
    return now + (before - now) * Math.exp(-periods);
  }
}
