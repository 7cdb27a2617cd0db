package jlocal.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.formation.InstanceName;
import jlocal.os.Threads;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import jlocal.procfile.ProcessType;
import jlocal.router.BackendState;
import jlocal.router.Router;
import jlocal.router.RouterConfig;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Runs only the router, for processes started by something else; a unit of {@code export systemd}
 * runs it.
 */
final class RouteCommand extends Subcommand<RouteCommand.Route> {
  private static final Pattern PORTS = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");
  private static final int TRY_MS = 250;

  RouteCommand() {
    super("route");
  }

  /** The router's addresses, and the range of ports it forwards to. */
  record Route(RouterConfig config, String ports) {}

  @Override
  List<OptionGroup> options() {
    List<OptionSpec> options =
        RouterOptions.options().stream()
            .filter(option -> !List.of("--no-proxy", "--https").contains(Options.name(option)))
            .toList();
    return List.of(new OptionGroup("The router", options));
  }

  @Override
  PositionalParamSpec arguments() {
    return Options.words("PORT[-PORT]", "1");
  }

  @Override
  Route read(Values values) {
    return new Route(RouterOptions.config(values, true), values.arguments().getFirst());
  }

  @Override
  int run(Route route, Context context) throws IOException, InterruptedException, UserError {
    Matcher range = PORTS.matcher(route.ports());
    int first = range.matches() ? Integer.parseInt(range.group(1)) : 0;
    int last = first > 0 && range.group(2) != null ? Integer.parseInt(range.group(2)) : first;
    if (first < 1 || last < first || last > 65_535) {
      String what =
          "'" + Printable.of(route.ports()) + "' is not a range of ports, as 5000-5003 is";
      throw new UserError(Problem.error(what));
    }
    try (Router router =
        Router.open(route.config(), line -> say(line, context), (_, _) -> List.of())) {
      var states = new HashMap<Integer, BackendState>();
      Runnable look =
          () -> {
            for (int port = first; port <= last; port++)
              look(port, port - first + 1, router, states);
          };
      var _ =
          Threads.scheduler("backends")
              .scheduleWithFixedDelay(
                  () -> Threads.guarded(look), 0, TRY_MS, TimeUnit.MILLISECONDS);
      new CountDownLatch(1).await();
    }
    return ExitCode.DONE.status();
  }

  private static synchronized void say(String line, Context context) {
    context.out().line(line);
    context.out().writer().flush();
  }

  /** Updates the router if the port has been opened or closed. */
  private static void look(int port, int number, Router router, Map<Integer, BackendState> states) {
    BackendState now = isOpen(port) ? BackendState.UP : BackendState.RESTARTING;
    if (states.put(port, now) == now) return;
    router.setBackend(new InstanceName(ProcessType.WEB, number), port, now);
  }

  private static boolean isOpen(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TRY_MS);
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
