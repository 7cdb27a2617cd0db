package jlocal.cli;

import java.io.IOException;
import java.util.List;
import jlocal.app.AppPlan.ControlPlan;
import jlocal.control.Claim;
import jlocal.control.ControlFolder;
import jlocal.control.Request;
import jlocal.os.Terminal;
import jlocal.os.Terminal.Stream;
import jlocal.plan.Plan;
import jlocal.plan.Planner;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;

/** One project, one run: a second start turns to the first. */
final class SoleRun {
  private SoleRun() {}

  /**
   * Takes the right to run the app.
   *
   * @param notes is told when it cannot be steered
   * @return null when it cannot be had, though nobody else has it: the app runs all the same
   */
  static @Nullable Claim claim(AppOptions app, Context context, List<String> notes)
      throws Claim.Taken {
    try {
      return Claim.take(ControlFolder.open(context.environment()), app.files().key());
    } catch (IOException e) {
      notes.add("control commands (ps, scale, …) do not work for this run: " + e.getMessage());
      return null;
    }
  }

  /** One instance can be started only where the others are. */
  static void refuseInstances(StartOptions options) throws UserError {
    if (options.typed().instances().isEmpty()) return;
    String name = options.typed().instances().getFirst();
    throw new UserError(
        Problem.error(name + " is one process of an app, and this app does not run")
            .hint("name types: jlocal start TYPE or TYPE=N"));
  }

  /** What it takes to steer the app. */
  static ControlPlan control(Claim claim, StartOptions options, Planner planner, Plan plan) {
    return new ControlPlan(
        claim,
        options.app().files().key(),
        options.scale(),
        plan.blueprint(),
        planner,
        options.router().behaviour().bootTimeout(),
        wantsKeys(options));
  }

  /** Where a person looks at the log as it is shown to people. */
  private static boolean wantsKeys(StartOptions options) {
    return options.keys()
        && !options.life().ci()
        && options.log().line().format() == LogFormat.TEXT
        && Terminal.is(Stream.IN)
        && Terminal.is(Stream.OUT);
  }

  /** Types are started in the app that runs; anything else would be a second copy of it. */
  static int askTheOther(Claim.Taken other, StartOptions options, Context context)
      throws Exception {
    List<String> words = options.typed().words();
    List<String> more = options.typed().options();
    if (!words.isEmpty() && more.isEmpty()) {
      return new AppCall(options.app(), context).order(new Request.Start(words, true));
    }
    String pid = other.pid().isEmpty() ? "" : ", with pid " + other.pid();
    String what = "this app runs already" + pid;
    throw new UserError(
        Problem.error(words.isEmpty() ? what : what + "; " + more.getFirst() + " comes too late")
            .hint(
                "'jlocal stop' ends it, 'jlocal restart' restarts its processes, 'jlocal logs -t'"
                    + " shows its log; a second copy needs a Procfile of its own (-f)"));
  }
}
