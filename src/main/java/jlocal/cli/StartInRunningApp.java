package jlocal.cli;

import jlocal.control.Request;
import jlocal.problem.UserError;

/** Handles {@code start} while the app is running. */
final class StartInRunningApp {
  private StartInRunningApp() {}

  /** Rejects single instances, which can be started only in a running app. */
  static void refuseInstances(StartOptions.Typed typed) throws UserError {
    if (typed.instances().isEmpty()) return;
    String name = typed.instances().getFirst();
    throw new UserError(
        "cannot start " + name + " alone: the app is not running",
        "name types: jlocal start TYPE or TYPE=N");
  }

  /**
   * Starts types in the running app; anything else would be a second copy of it.
   *
   * @param pid of the jlocal that runs it; empty if unknown
   */
  static int run(String pid, StartOptions options, Context context) throws Exception {
    StartOptions.Typed typed = options.typed();
    if (!typed.words().isEmpty() && typed.options().isEmpty()) {
      return new AppClient(options.request().app().key(), true, context)
          .order(Request.of("start", "names", typed.words(), "await", true));
    }
    String what = "this app is already running" + (pid.isEmpty() ? "" : " (pid " + pid + ")");
    if (options.values().is(StartOptions.IF_NOT_RUNNING)) {
      context.out().line(what);
      return ExitCode.DONE.status();
    }
    String option = typed.options().isEmpty() ? "" : typed.options().getFirst();
    throw new UserError(
        typed.words().isEmpty() ? what : what + "; " + option + " cannot be changed now",
        "'jlocal stop' ends it, 'jlocal restart' restarts its processes, 'jlocal logs -t'"
            + " shows its log; a second copy needs its own Procfile (-f)");
  }
}
