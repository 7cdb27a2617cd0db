package jlocal.plan;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jlocal.router.RouterConfig;

/**
 * The router of an app, with its ports.
 *
 * @param config its addresses, and how it handles requests
 * @param httpsPort for HTTPS; 0 for any free port; {@link #NO_HTTPS} for no HTTPS
 */
public record RouterPlan(RouterConfig config, int httpsPort) {
  /** The port if there is no HTTPS. */
  public static final int NO_HTTPS = -1;

  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "::1", "0.0.0.0", "::");

  public int port() {
    return config.port();
  }

  public boolean hasHttps() {
    return httpsPort != NO_HTTPS;
  }

  /** Whether its ports are known before it listens. */
  public boolean hasFixedPorts() {
    return port() != 0 && httpsPort != 0;
  }

  /** Returns its ports, each with its purpose. */
  Map<Integer, String> reservations() {
    var ports = new TreeMap<Integer, String>();
    if (port() > 0) ports.put(port(), "the router");
    if (httpsPort > 0) ports.put(httpsPort, "the router's HTTPS");
    return ports;
  }

  /** Returns all its addresses for a message, once its ports are known. */
  public String addresses(int openPort, int openHttpsPort) {
    String http = url("http", openPort);
    return openHttpsPort == NO_HTTPS ? http : http + " and " + url("https", openHttpsPort);
  }

  /** Returns its URL for a browser on this machine. */
  public String url(String scheme, int openPort) {
    String host = config.hosts().getFirst();
    if (THIS_MACHINE.contains(host)) host = "localhost";
    return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + openPort;
  }
}
