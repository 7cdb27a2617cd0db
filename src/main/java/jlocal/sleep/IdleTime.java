package jlocal.sleep;

import java.time.Duration;
import jlocal.router.Traffic;

/**
 * How long an app has had no requests, as seen by periodic checks. Pure.
 *
 * @param requests their number at the last check
 * @param since the last check with a new or an open request, in nanoseconds of a monotonic clock
 */
record IdleTime(long requests, long since) {
  /** Returns the state after another check. */
  IdleTime after(Traffic traffic, long now) {
    boolean isIdle = traffic.requests() == requests && traffic.open() == 0;
    return new IdleTime(traffic.requests(), isIdle ? since : now);
  }

  boolean isOver(Duration limit, long now) {
    return now - since >= limit.toNanos();
  }
}
