package jlocal.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import jlocal.control.AppLock;
import jlocal.formation.Formation;
import jlocal.logs.RotatingFile.Rotation;
import jlocal.logs.Source;
import jlocal.plan.Plan;
import jlocal.plan.Planner;
import jlocal.process.ExitPolicy;
import jlocal.process.ProcessManager;
import jlocal.procfile.ProcessType;
import jlocal.terminal.LogFormat;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is decided before anything starts.
 *
 * @param planner made the plan; re-reads the files, and finds ports for additions
 * @param appLock needed to be controlled from other terminals; null to run without control
 * @param keys whether keys in the log are handled, if the app can be controlled
 * @param features beside the app, if it can be controlled
 * @param notes for the user at the start
 */
public record AppPlan(
    Plan plan,
    Planner planner,
    @Nullable AppLock appLock,
    ProcessManager.Options processes,
    ExitPolicy.Rules exit,
    LogPlan log,
    boolean keys,
    List<Feature> features,
    List<String> notes) {

  /** A feature beside the app that may give it orders, such as the file watch. */
  @FunctionalInterface
  public interface Feature {
    /** Called once, on a background thread, when the app takes orders; returns soon. */
    void start(RunningApp app);
  }

  /** Returns the formation to start. */
  Formation formation() {
    return plan.formation();
  }

  /** Returns all types of the Procfile, for stable colours. */
  List<ProcessType> types() {
    return List.copyOf(plan.procfile().entries().keySet());
  }

  /**
   * How much of the log is shown and kept.
   *
   * @param hidden sources that are not shown: types, {@code manager}, {@code router}
   * @param backlog the number of lines to keep
   * @param onlyFailures whether to show only the log of the failed process, at the end
   * @param files that it is also written to; null for none
   */
  public record LogPlan(
      LogFormat form,
      Set<String> hidden,
      int backlog,
      boolean onlyFailures,
      @Nullable Files files) {
    /** Whether the lines of a source are shown. */
    boolean shows(Source source) {
      String name = source instanceof Source.App(var app) ? app.type().name() : source.toString();
      return !hidden.contains(name);
    }
  }

  /** Log files in a folder that is there. */
  public record Files(Path folder, Rotation rotation) {}
}
