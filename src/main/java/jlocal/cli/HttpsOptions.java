package jlocal.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import jlocal.plan.PlanRequest.Setting;
import jlocal.plan.RouterPlan;
import jlocal.problem.Origin;

/** Whether the router listens for HTTPS, too. */
final class HttpsOptions {
  private static final int STANDARD_PORT = 8443;
  private static final Kind<Integer> PORT = Kind.number(0, 65_535);

  private static final List<String> ON = List.of("on", "yes", "true");

  static final Option<Integer> HTTPS =
      Option.of(
              "--https",
              PORT.labelled("PORT").or(HttpsOptions::read),
              "",
              "listen for HTTPS too; alone on " + STANDARD_PORT + ". See jlocal trust")
          .alone("on", "--no-https", "off");

  private HttpsOptions() {}

  static Setting<Integer> from(Settings settings) {
    jlocal.cli.Setting given = settings.setting(HTTPS);
    boolean usual = ON.contains(given.text().toLowerCase(Locale.ROOT));
    return new Setting<>(settings.get(HTTPS), usual ? new Origin.Default() : given.origin());
  }

  private static int read(String text, Path base) throws BadValue {
    String word = text.toLowerCase(Locale.ROOT);
    if (ON.contains(word)) return STANDARD_PORT;
    return switch (word) {
      case "", "off", "no", "false" -> RouterPlan.NO_HTTPS;
      default -> PORT.reader().read(text, base);
    };
  }
}
