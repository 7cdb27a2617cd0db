package jlocal.app;

import java.util.List;
import java.util.Set;
import jlocal.formation.Formation;
import jlocal.process.FatePolicy;
import jlocal.process.ManagerOptions;
import jlocal.process.Workplace;
import jlocal.procfile.ProcessType;
import jlocal.terminal.LogStyle;
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
   * The log's form.
   *
   * @param backlog how many lines are kept
   * @param onlyFailures whether nothing is shown but, at the end, the log of the process that
   *     failed
   */
  public record LogPlan(LogStyle style, int backlog, boolean onlyFailures) {}

  /**
   * Where the router listens.
   *
   * @param logged whether each request gets a line
   */
  public record RouterPlan(List<String> hosts, int port, boolean logged) {
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "::1", "0.0.0.0", "::");

    /** What to type into a browser on this machine. */
    public String url(int openPort) {
      String host = hosts.getFirst();
      if (THIS_MACHINE.contains(host)) host = "localhost";
      return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + openPort;
    }
  }
}
