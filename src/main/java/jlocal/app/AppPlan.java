package jlocal.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import jlocal.control.AppKey;
import jlocal.control.Claim;
import jlocal.formation.AppDefinition;
import jlocal.formation.Formation;
import jlocal.formation.Scale;
import jlocal.logs.RotatingFile.Rotation;
import jlocal.logs.Source;
import jlocal.plan.Planner;
import jlocal.plan.RouterPlan;
import jlocal.process.ExitPolicy;
import jlocal.process.ProcessManager;
import jlocal.procfile.ProcessType;
import jlocal.terminal.LogForm;
import org.jspecify.annotations.Nullable;

/**
 * All that is decided before anything starts.
 *
 * @param types all types of the Procfile, for stable colours
 * @param router null without one
 * @param control null when it cannot be controlled from other terminals
 * @param notes what a person should know at the start
 */
public record AppPlan(
    Formation formation,
    List<ProcessType> types,
    ProcessManager.Options processes,
    ExitPolicy.Rules exit,
    LogPlan log,
    @Nullable RouterPlan router,
    @Nullable ControlPlan control,
    List<String> notes) {

  /** The same, to be controlled from other terminals. */
  public AppPlan controlledBy(@Nullable ControlPlan plan) {
    return new AppPlan(formation, types, processes, exit, log, router, plan, notes);
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
   * What is needed to control the app while it runs.
   *
   * @param claim the right to run it and to listen for requests
   * @param scale how many of each type were asked for
   * @param definition what other formations of the app are made from
   * @param planner reads the files again, and finds ports for what is added
   * @param bootTimeout how long an order waits for a process to come up; zero for no limit
   * @param keys whether keys pressed in the log mean something
   */
  public record ControlPlan(
      Claim claim,
      AppKey key,
      Scale scale,
      AppDefinition definition,
      Planner planner,
      Duration bootTimeout,
      boolean keys) {}
}
