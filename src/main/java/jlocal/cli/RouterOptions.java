package jlocal.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import jlocal.os.Ports;
import jlocal.plan.PlanRequest;
import jlocal.plan.PlanRequest.Behaviour;
import jlocal.plan.PlanRequest.RequestLog;
import jlocal.plan.PlanRequest.Setting;
import jlocal.plan.RouterPlan;
import jlocal.problem.Origin;
import jlocal.problem.Printable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;

/** The options of the router before web. */
final class RouterOptions {
  static final String PROXY_PORT = "--proxy-port";
  static final String NO_PROXY = "--no-proxy";
  static final String HOST = "--host";
  static final String HTTPS = "--https";
  static final String ROUTER_LOG = "--router-log";
  static final String STICKY = "--sticky";
  static final String BOOT_TIMEOUT = "--boot-timeout";
  static final String REQUEST_TIMEOUT = "--request-timeout";

  private static final List<String> LOCALHOST = List.of("127.0.0.1", "::1");
  private static final int HTTPS_PORT = 8443;
  private static final Set<String> ON = Set.of("on", "yes", "true");
  private static final Set<String> OFF = Set.of("off", "no", "false", "");
  private static final ITypeConverter<Integer> PORT = Converters.number(0, 65_535);

  private RouterOptions() {}

  static List<OptionSpec> options() {
    return List.of(
        Options.number(Options.setting(PROXY_PORT, "--proxy"), 0, 65_535)
            .defaultValue("8080")
            .description("where the router listens; 0 for any free port (default: 8080)")
            .build(),
        Options.flagSetting(NO_PROXY, "no router"),
        Options.setting(HOST)
            .type(Host.class)
            .converters(RouterOptions::host)
            .paramLabel("ADDR")
            .defaultValue("localhost")
            .description(
                "the address the router binds; localhost is 127.0.0.1 and ::1 (default: localhost)")
            .build(),
        httpsOption(),
        routerLogOption(),
        Options.switchSetting(STICKY, false, "keep a client on its instance, by a cookie"),
        timeout(BOOT_TIMEOUT, "how long a request waits for a process to come up"),
        timeout(REQUEST_TIMEOUT, "how long a process may take to begin its response"));
  }

  private static OptionSpec httpsOption() {
    var option =
        Options.setting(HTTPS)
            .type(Integer.class)
            .converters(RouterOptions::https)
            .paramLabel("PORT")
            .defaultValue("off")
            .description(
                "also serve HTTPS, on port %d unless one is given. See jlocal trust"
                    .formatted(HTTPS_PORT));
    return Options.optionalValue(option, "on", "--no-https", "off").build();
  }

  private static OptionSpec routerLogOption() {
    var option = Options.choice(Options.setting(ROUTER_LOG), RequestLog.class);
    option
        .defaultValue("full")
        .description(
            "the request log: path omits query strings, --no-router-log turns it off"
                + " (default: full)");
    return Options.optionalValue(option, "full", "--no-router-log", "off").build();
  }

  private static OptionSpec timeout(String name, String description) {
    return Options.setting(name)
        .type(Duration.class)
        .converters(Converters::seconds)
        .paramLabel("SECONDS")
        .defaultValue("30")
        .description(description + "; 0 for no limit (default: 30)")
        .build();
  }

  static PlanRequest.Router from(Values values) {
    boolean enabled = isEnabled(values);
    return new PlanRequest.Router(
        enabled,
        values.withOrigin(PROXY_PORT),
        enabled ? hosts(values) : LOCALHOST,
        httpsPort(values),
        new Behaviour(
            values.<RequestLog>get(ROUTER_LOG),
            values.is(STICKY),
            values.<Duration>get(BOOT_TIMEOUT),
            values.<Duration>get(REQUEST_TIMEOUT)));
  }

  /** {@code --https} alone chooses no port. */
  private static Setting<Integer> httpsPort(Values values) {
    Setting<Integer> port = values.withOrigin(HTTPS);
    boolean isStandard = ON.contains(values.text(HTTPS).toLowerCase(Locale.ROOT));
    return isStandard ? new Setting<>(port.value(), new Origin.Default()) : port;
  }

  private static Integer https(String text) throws Exception {
    String word = text.toLowerCase(Locale.ROOT);
    if (ON.contains(word)) return HTTPS_PORT;
    return OFF.contains(word) ? RouterPlan.NO_HTTPS : PORT.convert(text);
  }

  /**
   * Of {@code --no-proxy} and an option that asks for a router the one with the stronger origin
   * counts; of the same origin they contradict each other.
   */
  private static boolean isEnabled(Values values) {
    if (!values.is(NO_PROXY)) return true;
    Origin off = values.origin(NO_PROXY);
    for (String name : given(values, List.of(PROXY_PORT, HTTPS))) {
      Origin asked = values.origin(name);
      if (asked.overrules(off)) return true;
      if (off.overrules(asked)) continue;
      values.add(asked.error(name.substring(2), "needs the router, but --no-proxy leaves it out"));
    }
    for (String name :
        given(values, List.of(HOST, STICKY, ROUTER_LOG, BOOT_TIMEOUT, REQUEST_TIMEOUT))) {
      Origin given = values.origin(name);
      if (off.overrules(given)) continue;
      values.add(given.warning(name.substring(2), "has no effect without a router (--no-proxy)"));
    }
    return false;
  }

  /** Those of the options that are set to something else than off. */
  private static List<String> given(Values values, List<String> names) {
    return names.stream()
        .filter(values::isGiven)
        .filter(name -> !OFF.contains(values.text(name)))
        .toList();
  }

  /**
   * The address to bind.
   *
   * @param names host names or literals without brackets; all but the first are optional
   * @param isLocal whether only this machine can connect
   */
  private record Host(List<String> names, boolean isLocal) {}

  /** Binds the address for a moment, so that one of another machine is refused before a start. */
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
    throw Converters.invalid(host, "is no address and no known host name");
  }

  private static List<String> hosts(Values values) {
    Host host = values.get(HOST);
    if (!host.isLocal) {
      String what = "other machines can open the app, because the router listens on ";
      values.add(
          values
              .origin(HOST)
              .warning("host", what + Printable.of(values.text(HOST)))
              .hint("for this machine alone say --host localhost"));
    }
    return host.names;
  }
}
