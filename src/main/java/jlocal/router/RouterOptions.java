package jlocal.router;

import java.util.List;

/**
 * Where the router listens and how it behaves.
 *
 * @param hosts addresses to listen on, at least one; of those after the first, the ones this
 *     machine does not have are left out
 * @param port to listen on; 0 takes a free one
 * @param patience how long it waits for whom
 * @param waiting how many requests may wait for an instance to come up; more get H11
 * @param sticky whether a cookie brings a client back to the instance that answered it first
 */
public record RouterOptions(
    List<String> hosts, int port, Patience patience, int waiting, boolean sticky) {

  public RouterOptions {
    hosts = List.copyOf(hosts);
    if (hosts.isEmpty()) throw new IllegalArgumentException("a router listens somewhere");
    if (port < 0 || port > 65_535) throw new IllegalArgumentException("not a port: " + port);
    if (waiting < 0) throw new IllegalArgumentException("nobody waits: " + waiting);
  }

  /** For this machine only, with Heroku's patience. */
  public static RouterOptions onLoopback(int port) {
    return on(List.of("127.0.0.1", "::1"), port);
  }

  /** Heroku's patience on the addresses given with {@code --host}. */
  public static RouterOptions on(List<String> hosts, int port) {
    return new RouterOptions(hosts, port, Patience.HEROKU, 1_000, false);
  }

  public RouterOptions with(Patience other) {
    return new RouterOptions(hosts, port, other, waiting, sticky);
  }

  public RouterOptions withSticky() {
    return new RouterOptions(hosts, port, patience, waiting, true);
  }
}
