package jlocal.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import jlocal.formation.Formation;
import jlocal.logs.RotatingFile.Rotation;
import jlocal.logs.Source;
import jlocal.process.FatePolicy;
import jlocal.process.ManagerOptions;
import jlocal.process.Workplace;
import jlocal.procfile.ProcessType;
import jlocal.terminal.LogForm;
import org.jspecify.annotations.Nullable;

/**
 * All that is decided before anything starts.
 *
 * @param types all types of the Procfile, for stable colours
 * @param router null without one
 * @param control null when it cannot be steered from another terminal
 * @param notes what a person should know at the start
 */
public record AppPlan(
    Formation formation,
    List<ProcessType> types,
    Workplace workplace,
    ManagerOptions manager,
    FatePolicy fate,
    LogPlan log,
    @Nullable RouterPlan router,
    @Nullable ControlPlan control,
    List<String> notes) {

  /** The same, to be steered from other terminals. */
  public AppPlan steeredBy(@Nullable ControlPlan plan) {
    return new AppPlan(formation, types, workplace, manager, fate, log, router, plan, notes);
  }

  /**
   * What is shown of the log, and what is kept.
   *
   * @param hidden names of those who are not shown: types, {@code manager}, {@code router}
   * @param backlog how many lines are kept
   * @param onlyFailures whether nothing is shown but, at the end, the log of the process that
   *     failed
   * @param files where it is written to as well; null for nowhere
   */
  public record LogPlan(
      LogForm form, Set<String> hidden, int backlog, boolean onlyFailures, @Nullable Files files) {
    /** Whether what it writes is shown. */
    boolean shows(Source source) {
      String name = source instanceof Source.App(var app) ? app.type().name() : source.toString();
      return !hidden.contains(name);
    }
  }

  /** Log files in a folder that is there. */
  public record Files(Path folder, Rotation rotation) {}

  /**
   * Where the router listens.
   *
   * @param port 0 for any free one
   * @param httpsPort the same; {@link #NO_HTTPS} without HTTPS
   */
  public record RouterPlan(List<String> hosts, int port, int httpsPort, Manners manners) {
    /** No port at all. */
    public static final int NO_HTTPS = -1;

    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "::1", "0.0.0.0", "::");

    boolean https() {
      return httpsPort != NO_HTTPS;
    }

    /** Whether its ports are known before it listens. */
    boolean isFixed() {
      return port != 0 && httpsPort != 0;
    }

    /** All its addresses, once its ports are known, as a message names them. */
    public String addresses(int openPort, int openHttpsPort) {
      String http = url("http", openPort);
      return openHttpsPort == NO_HTTPS ? http : http + " and " + url("https", openHttpsPort);
    }

    /** What to type into a browser on this machine. */
    public String url(String scheme, int openPort) {
      String host = hosts.getFirst();
      if (THIS_MACHINE.contains(host)) host = "localhost";
      return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + openPort;
    }
  }

  /**
   * How the router treats requests.
   *
   * @param sticky whether a client stays with its instance
   * @param boot how long a request waits for an instance to come up; zero for ever
   * @param answer how long an instance may take to begin its answer; zero for ever
   */
  public record Manners(RequestLog log, boolean sticky, Duration boot, Duration answer) {}
}
