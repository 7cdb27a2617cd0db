package jlocal.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Whether the router listens for HTTPS, too.
 *
 * @param port where it does; 0 for any free port, -1 for no HTTPS
 * @param chosen whether the person named this port, so that no other may be taken instead
 */
record HttpsOptions(int port, boolean chosen) {
  private static final int NONE = -1;
  private static final int STANDARD_PORT = 8443;
  private static final Kind<Integer> PORT = Kind.number(0, 65_535);

  static final HttpsOptions OFF = new HttpsOptions(NONE, false);
  static final HttpsOptions STANDARD = new HttpsOptions(STANDARD_PORT, false);

  static final Option<HttpsOptions> HTTPS =
      Option.of(
              "--https",
              new Kind<>("PORT", List.of(), HttpsOptions::read),
              "",
              "listen for HTTPS too; alone on " + STANDARD_PORT + ". See jlocal trust")
          .alone("on", "--no-https", "off");

  boolean on() {
    return port != NONE;
  }

  private static HttpsOptions read(String text, Path base) throws BadValue {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "", "off", "no", "false" -> OFF;
      case "on", "yes", "true" -> STANDARD;
      default -> new HttpsOptions(PORT.reader().read(text, base), true);
    };
  }
}
