package jlocal.cli;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Whether the router speaks HTTPS, too.
 *
 * @param port where it does; 0 for any free port, -1 for no HTTPS
 * @param portNamed whether somebody asked for this port
 */
record HttpsOptions(int port, boolean portNamed) {
  private static final int NONE = -1;
  private static final String STANDARD = "8443";
  private static final Kind<Integer> PORT = Kind.number(0, 65_535).labelled("PORT");

  static final Option<Integer> HTTPS =
      Option.of(
              "--https",
              PORT.or(HttpsOptions::port),
              "",
              "listen for HTTPS too; alone on " + STANDARD + ". See jlocal trust")
          .alone(STANDARD, "--no-https", "off");

  static final HttpsOptions OFF = new HttpsOptions(NONE, false);

  static HttpsOptions from(Settings settings) {
    int port = settings.get(HTTPS);
    boolean standard = port == Integer.parseInt(STANDARD);
    return new HttpsOptions(port, port != NONE && !standard);
  }

  boolean on() {
    return port != NONE;
  }

  private static int port(String text, Path base) throws BadValue {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "", "off", "no", "false" -> NONE;
      case "on", "yes", "true" -> Integer.parseInt(STANDARD);
      default -> PORT.reader().read(text, base);
    };
  }
}
