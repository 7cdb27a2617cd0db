package jlocal.sleep;

import java.time.Duration;
import jlocal.router.Traffic;

/**
 * For how long an app has got no requests, as far as looking from time to time tells. Pure.
 *
 * @param requests how many there had been when it was last looked
 * @param since the last time there was a new or an open one, in nanoseconds on a monotonic clock
 */
record IdleTime(long requests, long since) {
  /** What is known after another look. */
  IdleTime after(Traffic traffic, long now) {
    boolean isIdle = traffic.requests() == requests && traffic.open() == 0;
    return new IdleTime(traffic.requests(), isIdle ? since : now);
  }

  boolean isOver(Duration limit, long now) {
    return now - since >= limit.toNanos();
  }
}
