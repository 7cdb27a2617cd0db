package jlocal.cli;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import jlocal.app.AppPlan.RouterPlan;
import jlocal.app.ControlPlan;
import jlocal.app.PortSearch;
import jlocal.control.AppKey;
import jlocal.control.Claim;
import jlocal.control.ControlFolder;
import jlocal.control.PortReservations;
import jlocal.control.Request;
import jlocal.formation.Formation;
import jlocal.os.Terminal;
import jlocal.os.Terminal.Stream;
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
      return Claim.take(ControlFolder.open(context.environment()), key(app));
    } catch (IOException e) {
      notes.add("jlocal ps and its like do not work for this run: " + e.getMessage());
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

  static AppKey key(AppOptions app) {
    return AppKey.of(app.root(), app.procfile());
  }

  /** What it takes to steer the app. */
  static ControlPlan control(
      Claim claim, StartOptions options, Context context, Planner.Plan plan) {
    Wishes wishes = Wishes.of(options);
    var ports = plan.blueprint().ports();
    return new ControlPlan(
        claim,
        key(options.app()),
        options.scale(),
        plan.blueprint(),
        () -> Planner.reread(wishes, context, ports),
        plan.reservations(),
        (now, note) -> lateRouter(wishes, plan.reservations(), now, note),
        wishes.router().manners().boot(),
        wantsKeys(options));
  }

  private static @Nullable RouterPlan lateRouter(
      Wishes wishes, PortReservations ports, Formation now, Consumer<String> note) {
    RouterChoice choice =
        ports.choose(
            reserved -> RouterChoice.of(wishes.router(), now, new PortSearch(reserved)),
            RouterChoice::owners);
    choice.notes().forEach(note);
    choice.problems().forEach(problem -> note.accept(problem.what()));
    return choice.plan();
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
