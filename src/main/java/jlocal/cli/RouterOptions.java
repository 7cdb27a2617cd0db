package jlocal.cli;

import java.time.Duration;
import java.util.List;
import jlocal.app.AppPlan.Manners;
import jlocal.app.RequestLog;

/**
 * The router before web.
 *
 * @param on whether there is one
 * @param port where it listens; 0 for any free port
 * @param portNamed whether somebody asked for this port
 * @param host the address it binds
 */
record RouterOptions(
    boolean on, int port, boolean portNamed, String host, HttpsOptions https, Manners manners) {
  static final Option<Integer> PROXY_PORT =
      Option.of(
              "--proxy-port",
              Kind.number(0, 65_535),
              "8080",
              "where the router before web listens; 0 for any free port")
          .also("--proxy");
  static final Option<Boolean> NO_PROXY = Option.flag("--no-proxy", "no router");
  static final Option<String> HOST =
      Option.of("--host", Kind.TEXT, "127.0.0.1", "the address the router binds");
  static final Option<RequestLog> ROUTER_LOG =
      Option.of(
              "--router-log",
              Kind.oneOf(RequestLog.class),
              "full",
              "a log line for each request; path leaves out its query, --no-router-log the line")
          .alone("full", "--no-router-log", "off");
  static final Option<Boolean> STICKY =
      Option.off("--sticky", "a client stays with its instance, by a cookie");
  static final Option<Duration> BOOT =
      Option.of(
          "--boot-timeout",
          Kind.SECONDS,
          "30",
          "how long a request waits for its process to come up; 0 for ever");
  static final Option<Duration> REQUEST =
      Option.of(
          "--request-timeout",
          Kind.SECONDS,
          "30",
          "how long a process may take to begin its answer; 0 for ever");

  static final List<Option<?>> OPTIONS =
      List.of(PROXY_PORT, NO_PROXY, HOST, HttpsOptions.HTTPS, ROUTER_LOG, STICKY, BOOT, REQUEST);

  /** A port asked for on the command line overrules a {@code no-proxy} that was not. */
  static RouterOptions from(Settings settings) {
    boolean off = settings.get(NO_PROXY);
    boolean anyway = settings.isOnCommandLine(PROXY_PORT) && !settings.isOnCommandLine(NO_PROXY);
    return new RouterOptions(
        !off || anyway,
        settings.get(PROXY_PORT),
        settings.isGiven(PROXY_PORT),
        settings.get(HOST),
        HttpsOptions.from(settings),
        new Manners(
            settings.get(ROUTER_LOG),
            settings.get(STICKY),
            settings.get(BOOT),
            settings.get(REQUEST)));
  }

  /** Whether somebody asked for a router, or there is one anyway. */
  boolean wanted() {
    return portNamed || https.on();
  }
}
