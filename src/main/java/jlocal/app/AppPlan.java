package jlocal.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import jlocal.formation.Formation;
import jlocal.logs.RotatingFile.Rotation;
import jlocal.logs.Source;
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
 * @param control null when it cannot be steered from another terminal
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

  /** The same, to be steered from other terminals. */
  public AppPlan steeredBy(@Nullable ControlPlan plan) {
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
}
