package jlocal.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import jlocal.app.App;
import jlocal.app.AppPlan;
import jlocal.app.AppPlan.LogPlan;
import jlocal.app.Leftovers;
import jlocal.os.Cgroup;
import jlocal.os.RunId;
import jlocal.os.Terminal;
import jlocal.os.Terminal.Stream;
import jlocal.problem.Reading;
import jlocal.problem.UserError;
import jlocal.process.FatePolicy;
import jlocal.process.ManagerOptions;
import jlocal.process.Workplace;
import jlocal.terminal.LogStyle;

/** {@code jlocal start}: runs the app in the foreground. */
final class StartBody implements Body<StartOptions> {
  /** The width of our own name, {@code manager}, in the log. */
  private static final int NARROWEST = 7;

  @Override
  public int run(StartOptions options, Context context) throws UserError {
    var cgroup = Cgroup.of(RunId.ofThisProcess(options.app().root().toAbsolutePath().normalize()));
    var notes = new ArrayList<String>();
    Reading<Planner.Plan> planned = plan(options, context, cgroup, notes);
    if (planned.hasErrors()) {
      cgroup.leave();
      throw new UserError(planned.problems());
    }
    new ErrorReport(context.err(), options.debug()).problems(planned.problems());
    Planner.Plan plan = planned.value();
    notes.addAll(plan.notes());
    WritableByteChannel out = new FileOutputStream(FileDescriptor.out).getChannel();
    return App.run(appPlan(options, context, plan, notes), cgroup, out);
  }

  /** What is in the way of a plan may be what an earlier run has left: then it is made again. */
  private static Reading<Planner.Plan> plan(
      StartOptions options, Context context, Cgroup cgroup, List<String> notes) {
    var planned = Planner.plan(Wishes.of(options), context);
    if (!planned.hasErrors() && planned.value().notes().isEmpty()) return planned;
    String ended = Leftovers.end(options.app().root(), cgroup);
    if (ended == null) return planned;
    notes.add(ended);
    return Planner.plan(Wishes.of(options), context);
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
