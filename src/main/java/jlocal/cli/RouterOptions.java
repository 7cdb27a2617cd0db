package jlocal.cli;

import java.util.List;

/**
 * The router before web.
 *
 * @param on whether there is one
 * @param port where it listens; 0 for any free port
 * @param portNamed whether somebody asked for this port
 * @param host the address it binds
 * @param log whether each request is a line of the log
 */
record RouterOptions(boolean on, int port, boolean portNamed, String host, boolean log) {
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
  static final Option<Boolean> ROUTER_LOG =
      Option.on("--router-log", "no log line for each request");

  static final List<Option<?>> OPTIONS = List.of(PROXY_PORT, NO_PROXY, HOST, ROUTER_LOG);

  /** A port asked for on the command line overrules a {@code no-proxy} that was not. */
  static RouterOptions from(Settings settings) {
    boolean off = settings.get(NO_PROXY);
    boolean anyway = settings.isOnCommandLine(PROXY_PORT) && !settings.isOnCommandLine(NO_PROXY);
    return new RouterOptions(
        !off || anyway,
        settings.get(PROXY_PORT),
        settings.isGiven(PROXY_PORT),
        settings.get(HOST),
        settings.get(ROUTER_LOG));
  }
}
