package jlocal.cli;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import jlocal.plan.PlanRequest;
import jlocal.plan.PlanRequest.Behaviour;
import jlocal.plan.PlanRequest.RequestLog;
import jlocal.problem.Origin;
import jlocal.problem.Printable;

/** The options of the router before web. */
final class RouterOptions {
  static final Option<Integer> PROXY_PORT =
      Option.of(
              "--proxy-port",
              Kind.number(0, 65_535),
              "8080",
              "where the router before web listens; 0 for any free port")
          .also("--proxy");
  static final Option<Boolean> NO_PROXY = Option.flag("--no-proxy", "no router");
  static final Option<ListenHost> HOST =
      Option.of(
          "--host",
          ListenHost.KIND,
          ListenHost.STANDARD,
          "the address the router binds; localhost is 127.0.0.1 and ::1");
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
          "how long a request or an order waits for a process to come up; 0 for ever");
  static final Option<Duration> REQUEST =
      Option.of(
          "--request-timeout",
          Kind.SECONDS,
          "30",
          "how long a process may take to begin its answer; 0 for ever");

  private static final Set<String> OFF = Set.of("off", "no", "false", "");

  static final List<Option<?>> OPTIONS =
      List.of(PROXY_PORT, NO_PROXY, HOST, HttpsOptions.HTTPS, ROUTER_LOG, STICKY, BOOT, REQUEST);

  private RouterOptions() {}

  static PlanRequest.Router from(Settings settings) {
    boolean on = isOn(settings);
    return new PlanRequest.Router(
        on,
        settings.withOrigin(PROXY_PORT),
        (on ? host(settings) : ListenHost.LOCALHOST).names(),
        HttpsOptions.from(settings),
        new Behaviour(
            settings.get(ROUTER_LOG),
            settings.get(STICKY),
            settings.get(BOOT),
            settings.get(REQUEST)));
  }

  /**
   * Of {@code --no-proxy} and an option that asks for a router the one with the stronger origin
   * counts; from the same origin they contradict each other.
   */
  private static boolean isOn(Settings settings) {
    if (!settings.get(NO_PROXY)) return true;
    Origin off = settings.setting(NO_PROXY).origin();
    for (Option<?> option : given(settings, List.of(PROXY_PORT, HttpsOptions.HTTPS))) {
      Origin asked = settings.setting(option).origin();
      if (asked.overrules(off)) return true;
      if (off.overrules(asked)) continue;
      settings.add(asked.error(option.key(), "needs the router, but --no-proxy leaves it out"));
    }
    for (Option<?> option : given(settings, List.of(HOST, STICKY, ROUTER_LOG, REQUEST))) {
      Origin given = settings.setting(option).origin();
      if (off.overrules(given)) continue;
      settings.add(given.warning(option.key(), "means nothing without a router (--no-proxy)"));
    }
    return false;
  }

  /** Those of the options that somebody has set to something else than off. */
  private static List<Option<?>> given(Settings settings, List<Option<?>> options) {
    return options.stream()
        .filter(settings::isGiven)
        .filter(option -> !OFF.contains(settings.setting(option).text()))
        .toList();
  }

  private static ListenHost host(Settings settings) {
    ListenHost host = settings.get(HOST);
    Setting setting = settings.setting(HOST);
    if (!host.isLocal()) {
      String what = "other machines can open the app, because the router listens on ";
      settings.add(
          setting
              .origin()
              .warning(HOST.key(), what + Printable.of(setting.text()))
              .hint("for this machine alone say --host localhost"));
    }
    return host;
  }
}
