package jlocal.router;

import java.time.Duration;

/**
 * How long the router waits for whom. Zero means for ever.
 *
 * @param boot for an instance to come up, then H20; Heroku waits 75 s
 * @param crash for one that crashed and will be started again, then H10 and its last words
 * @param connect for a connection to an instance, then H19
 * @param firstByte from the end of a request to the first byte of its response, then H12
 * @param idle for the next byte of a body in either direction, then H15 or H28; not for upgraded
 *     connections
 */
public record Patience(
    Duration boot, Duration crash, Duration connect, Duration firstByte, Duration idle) {

  /** Heroku's, but for the boot, where a person looks at a browser that turns. */
  public static final Patience HEROKU =
      new Patience(
          Duration.ofSeconds(30),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(55));

  /** How often to look whether somebody's patience ended: often enough for the shortest. */
  Duration tick() {
    long shortest = 10_000;
    for (Duration each : new Duration[] {boot, crash, connect, firstByte, idle}) {
      if (!each.isZero()) shortest = Math.min(shortest, each.toMillis());
    }
    return Duration.ofMillis(Math.clamp(shortest / 10, 10, 500));
  }
}
