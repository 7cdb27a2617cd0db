package jlocal.metrics;

import java.time.Duration;

/**
 * How many processors an instance has kept busy, averaged over 1, 5 and 15 minutes; recent times
 * weigh more, as in the kernel's load average.
 */
record LoadAverage(double oneMinute, double fiveMinutes, double fifteenMinutes) {
  static final LoadAverage NONE = new LoadAverage(0, 0, 0);

  /**
   * The averages after some more time.
   *
   * @param busy the processor time that was used in it
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
