package jlocal.router;

import java.time.Duration;
import java.util.List;

/**
 * Where the router listens and how it handles requests.
 *
 * @param hosts addresses to bind, at least one; addresses after the first are skipped if this
 *     machine does not have them
 * @param port to listen on; 0 for any free port
 * @param sticky whether a cookie brings a client back to the instance that served it first
 * @param requestLog the content of access log lines
 * @param maxWaiting how many requests may wait for an instance to be up; further ones get H11
 * @param maxConnections the maximum number of client connections, and of connections to instances,
 *     if open files allow them; further ones wait
 */
public record RouterConfig(
    List<String> hosts,
    int port,
    boolean sticky,
    RequestLog requestLog,
    Timeouts timeouts,
    int maxWaiting,
    int maxConnections) {
  private static final int MAX_WAITING = 1_000;
  private static final int MAX_CONNECTIONS = Integer.MAX_VALUE;

  /** The content of access log lines. */
  public enum RequestLog {
    FULL,
    /** Without the query string, which may hold passwords and tokens. */
    PATH,
    OFF
  }

  /**
   * Timeouts; zero for none.
   *
   * @param boot for an instance to be up, then H20; Heroku waits 75 s
   * @param crash for a crashed instance to be restarted, then H10
   * @param connect for a connection to an instance, then H19
   * @param response from the end of a request to the first byte of its response, then H12
   * @param idle for the next byte of a body in either direction, then H15 or H28; not for upgraded
   *     connections
   */
  public record Timeouts(
      Duration boot, Duration crash, Duration connect, Duration response, Duration idle) {
    /** Heroku's, except for {@code boot}. */
    public static final Timeouts DEFAULT = of(Duration.ofSeconds(30), Duration.ofSeconds(30));

    /** Returns the defaults with other values for the two that users can set. */
    public static Timeouts of(Duration boot, Duration response) {
      return new Timeouts(
          boot, Duration.ofSeconds(2), Duration.ofSeconds(5), response, Duration.ofSeconds(55));
    }

    /** How often to check for expired timeouts: ten times in the shortest. */
    Duration checkInterval() {
      long shortest = 10_000;
      for (Duration each : List.of(boot, crash, connect, response, idle)) {
        if (!each.isZero()) shortest = Math.min(shortest, each.toMillis());
      }
      return Duration.ofMillis(Math.clamp(shortest / 10, 10, 500));
    }
  }

  /** Full log lines, default timeouts, not sticky, as many connections as possible. */
  public static RouterConfig on(List<String> hosts, int port) {
    if (hosts.isEmpty()) throw new IllegalArgumentException("no address to listen on");
    if (port < 0 || port > 65_535) throw new IllegalArgumentException("not a port: " + port);
    return new RouterConfig(
        List.copyOf(hosts),
        port,
        false,
        RequestLog.FULL,
        Timeouts.DEFAULT,
        MAX_WAITING,
        MAX_CONNECTIONS);
  }

  public RouterConfig withPort(int other) {
    return new RouterConfig(hosts, other, sticky, requestLog, timeouts, maxWaiting, maxConnections);
  }

  public RouterConfig with(Timeouts other) {
    return new RouterConfig(hosts, port, sticky, requestLog, other, maxWaiting, maxConnections);
  }

  public RouterConfig with(RequestLog other) {
    return new RouterConfig(hosts, port, sticky, other, timeouts, maxWaiting, maxConnections);
  }

  public RouterConfig withSticky(boolean other) {
    return new RouterConfig(hosts, port, other, requestLog, timeouts, maxWaiting, maxConnections);
  }

  RouterConfig withLimits(int waiting, int connections) {
    return new RouterConfig(hosts, port, sticky, requestLog, timeouts, waiting, connections);
  }
}
