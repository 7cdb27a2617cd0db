package jlocal.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import jlocal.os.Ports;
import jlocal.plan.PlanRequest;
import jlocal.plan.PlanRequest.Setting;
import jlocal.plan.RouterPlan;
import jlocal.problem.Origin;
import jlocal.problem.Printable;
import jlocal.router.RouterConfig;
import jlocal.router.RouterConfig.RequestLog;
import jlocal.router.RouterConfig.Timeouts;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;

/** The options of the router before web. */
final class RouterOptions {
  private static final List<String> LOCALHOST = List.of("127.0.0.1", "::1");
  static final int HTTPS_PORT = 8443;
  private static final Set<String> ON = Set.of("on", "yes", "true");
  private static final Set<String> OFF = Set.of("off", "no", "false", "");
  private static final List<String> OF_ROUTER =
      List.of("--host", "--sticky", "--router-log", "--request-timeout", AppFeatures.SLEEP);
  private static final ITypeConverter<Integer> PORT = Converters.number(0, 65_535);

  private RouterOptions() {}

  static List<OptionSpec> options() {
    return List.of(
        Options.setting(Options.number(0, 65_535, "--proxy-port", "--proxy").defaultValue("8080")),
        Options.flagSetting("--no-proxy"),
        Options.setting(
            Options.option(Host.class, RouterOptions::host, "ADDR", "--host")
                .defaultValue("localhost")),
        Options.setting(
            Options.option(Integer.class, RouterOptions::https, "PORT", "--https")
                .defaultValue("off"),
            "on",
            "--no-https",
            "off"),
        Options.setting(
            Options.choice(RequestLog.class, "--router-log").defaultValue("full"),
            "full",
            "--no-router-log",
            "off"),
        Options.switchSetting("--sticky", false),
        Options.setting(Options.seconds("--boot-timeout").defaultValue("30")),
        Options.setting(Options.seconds("--request-timeout").defaultValue("30")));
  }

  static PlanRequest.Router from(Values values) {
    boolean enabled = isEnabled(values);
    Setting<Integer> port = values.withOrigin("--proxy-port");
    return new PlanRequest.Router(enabled, port, httpsPort(values), config(values, enabled));
  }

  /** Returns the router's configuration; without a router, one for this machine only. */
  static RouterConfig config(Values values, boolean enabled) {
    Duration boot = values.get("--boot-timeout");
    return RouterConfig.on(enabled ? hosts(values) : LOCALHOST, values.<Integer>get("--proxy-port"))
        .with(Timeouts.of(boot, values.<Duration>get("--request-timeout")))
        .with(values.<RequestLog>get("--router-log"))
        .withSticky(values.is("--sticky"));
  }

  /** Returns the port for HTTPS; {@code --https} alone chooses none. */
  private static Setting<Integer> httpsPort(Values values) {
    Setting<Integer> port = values.withOrigin("--https");
    boolean isStandard = ON.contains(values.text("--https").toLowerCase(Locale.ROOT));
    return isStandard ? new Setting<>(port.value(), new Origin.Default()) : port;
  }

  private static Integer https(String text) throws Exception {
    String word = text.toLowerCase(Locale.ROOT);
    if (ON.contains(word)) return HTTPS_PORT;
    return OFF.contains(word) ? RouterPlan.NO_HTTPS : PORT.convert(text);
  }

  /**
   * Whether there is a router. {@code --no-proxy} and options that request a router: the one with
   * the stronger origin counts; equal origins are an error.
   */
  private static boolean isEnabled(Values values) {
    if (!values.is("--no-proxy")) return true;
    Origin off = values.origin("--no-proxy");
    for (String name : given(values, List.of("--proxy-port", "--https"))) {
      Origin asked = values.origin(name);
      if (asked.overrules(off)) return true;
      if (off.overrules(asked)) continue;
      values.add(asked.error(name.substring(2), "needs the router, but --no-proxy disables it"));
    }
    for (String name : given(values, OF_ROUTER)) {
      Origin given = values.origin(name);
      if (off.overrules(given)) continue;
      values.add(given.warning(name.substring(2), "has no effect without a router (--no-proxy)"));
    }
    return false;
  }

  /** Returns the options that are set to something other than off. */
  private static List<String> given(Values values, List<String> names) {
    return names.stream()
        .filter(name -> values.has(name) && values.isGiven(name))
        .filter(name -> !OFF.contains(values.text(name)))
        .toList();
  }

  /**
   * The address to bind.
   *
   * @param names host names or literals without brackets; all but the first are optional
   * @param isLocal whether only this machine can connect
   */
  private record Host(List<String> names, boolean isLocal) {
    @Override
    public String toString() {
      return names.getFirst();
    }
  }

  /** Binds the address for a moment, to reject one of another machine before the start. */
  private static Host host(String text) {
    String host = text.strip().replaceAll("^\\[(.*)]$", "$1");
    if (host.equalsIgnoreCase("localhost")) return new Host(LOCALHOST, true);
    try {
      if (!host.isEmpty()) {
        InetAddress address = InetAddress.getByName(host);
        if (Ports.isOfThisMachine(address)) {
          return new Host(List.of(host), address.isLoopbackAddress());
        }
        throw Converters.invalid(text, "is not an address of this machine");
      }
    } catch (IOException _) {
      // reported below
    }
    throw Converters.invalid(host, "is neither an address nor a known host name");
  }

  private static List<String> hosts(Values values) {
    Host host = values.get("--host");
    if (!host.isLocal) {
      String what = "other machines can open the app, because the router listens on ";
      values.add(
          values
              .origin("--host")
              .warning("host", what + Printable.of(values.text("--host")))
              .hint("for this machine only use --host localhost"));
    }
    return host.names;
  }
}
