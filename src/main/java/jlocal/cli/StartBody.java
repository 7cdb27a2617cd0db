package jlocal.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import jlocal.app.App;
import jlocal.app.AppPlan;
import jlocal.app.AppPlan.LogPlan;
import jlocal.app.ControlPlan;
import jlocal.app.Leftovers;
import jlocal.control.Claim;
import jlocal.os.Terminal;
import jlocal.os.Terminal.Stream;
import jlocal.problem.UserError;
import jlocal.process.FatePolicy;
import jlocal.process.ManagerOptions;
import jlocal.process.Workplace;
import jlocal.terminal.LogStyle;
import org.jspecify.annotations.Nullable;

/** {@code jlocal start}: runs the app in the foreground. */
final class StartBody implements Body<StartOptions> {
  /** The width of our own name, {@code manager}, in the log. */
  private static final int NARROWEST = 7;

  @Override
  public int run(StartOptions options, Context context) throws Exception {
    AppOptions app = options.app();
    var notes = new ArrayList<String>();
    try (Claim claim = SoleRun.claim(app, context, notes)) {
      return run(options, context, claim, notes);
    } catch (Claim.Taken taken) {
      return SoleRun.askTheOther(taken, options, context);
    }
  }

  private static int run(
      StartOptions options, Context context, @Nullable Claim claim, List<String> notes)
      throws UserError {
    notes.addAll(Leftovers.end(options.app().root()));
    var planned = Planner.plan(Wishes.of(options), context);
    if (planned.hasErrors()) throw new UserError(planned.problems());
    new ErrorReport(context.err(), options.debug()).problems(planned.problems());
    Planner.Plan plan = planned.value();
    notes.addAll(plan.notes());
    WritableByteChannel out = new FileOutputStream(FileDescriptor.out).getChannel();
    ControlPlan control = claim == null ? null : SoleRun.control(claim, options, context, plan);
    return App.run(appPlan(options, context, plan, notes).steeredBy(control), out);
  }

  private static AppPlan appPlan(
      StartOptions options, Context context, Planner.Plan plan, List<String> notes) {
    LifeOptions life = options.life();
    return new AppPlan(
        plan.formation(),
        List.copyOf(plan.procfile().entries().keySet()),
        workplace(options.log(), plan),
        new ManagerOptions(life.restart(), life.grace()),
        new FatePolicy(life.onExit(), life.canDie(), life.ci() || nobodyWatches()),
        new LogPlan(style(options.log(), context), options.log().buffer(), life.ci()),
        plan.router(),
        null,
        notes);
  }

  /** A child's terminal is as wide as ours is beside the names. */
  private static Workplace workplace(LogOptions log, Planner.Plan plan) {
    if (!log.tty().wants(Terminal.is(Stream.OUT))) return plan.workplace();
    int names =
        plan.formation().specs().keySet().stream()
            .mapToInt(n -> n.toString().length())
            .max()
            .orElse(0);
    int taken = (log.prefix() ? Math.max(names, NARROWEST) + 3 : 0) + (log.timestamp() ? 9 : 0);
    Thread.startVirtualThread(Terminal::warmUp);
    return plan.workplace().withTerminals(() -> Terminal.size(Stream.OUT).narrower(taken));
  }

  private static LogStyle style(LogOptions log, Context context) {
    boolean color = log.color().colors(context.environment(), Terminal.is(Stream.OUT));
    return new LogStyle(color, log.timestamp(), log.prefix(), log.raw());
  }

  private static boolean nobodyWatches() {
    return !Terminal.is(Stream.IN) && !Terminal.is(Stream.OUT) && !Terminal.is(Stream.ERR);
  }
}
