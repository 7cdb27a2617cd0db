package jlocal.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.ArrayList;
import java.util.List;
import jlocal.app.App;
import jlocal.app.AppPlan;
import jlocal.app.AppPlan.ControlPlan;
import jlocal.app.AppPlan.Files;
import jlocal.app.AppPlan.LogPlan;
import jlocal.app.PreviousRun;
import jlocal.control.Claim;
import jlocal.os.Cgroup;
import jlocal.os.Daemon;
import jlocal.os.RunId;
import jlocal.os.Signals;
import jlocal.os.Terminal;
import jlocal.os.Terminal.Stream;
import jlocal.os.WarmUp;
import jlocal.plan.Plan;
import jlocal.plan.Planner;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.problem.UserError;
import jlocal.process.ExitPolicy;
import jlocal.process.LaunchContext;
import jlocal.process.ProcessManager;
import jlocal.terminal.Fit;
import jlocal.terminal.LogForm;
import jlocal.terminal.LogStyle;
import jlocal.terminal.WindowWidth;
import org.jspecify.annotations.Nullable;

/** {@code jlocal start}: runs the app in the foreground. */
final class StartBody implements Body<StartOptions> {
  /** The width of our own name, {@code manager}, in the log. */
  private static final int NARROWEST = 7;

  @Override
  public void foresee() {
    Signals.prepare();
    WarmUp.forProcesses();
    if (Terminal.is(Stream.OUT)) WarmUp.forTerminals();
  }

  @Override
  public int run(StartOptions options, Context context) throws Exception {
    if (options.detach() && !Daemon.isThis()) return Detached.run(options, context);
    AppOptions app = options.app();
    var cgroup = Cgroup.of(RunId.ofThisProcess(app.root().toAbsolutePath().normalize()));
    var notes = new ArrayList<String>();
    try (Claim claim = SoleRun.claim(app, context, notes)) {
      SoleRun.refuseInstances(options);
      return run(options, context, cgroup, claim, notes);
    } catch (Claim.Taken taken) {
      return SoleRun.askTheOther(taken, options, context);
    } finally {
      cgroup.leave();
    }
  }

  private static int run(
      StartOptions options,
      Context context,
      Cgroup cgroup,
      @Nullable Claim claim,
      List<String> notes)
      throws UserError {
    var planner = new Planner(options.request(context.environment()), claim);
    Reading<Plan> planned = plan(planner, options.app(), cgroup, notes);
    List<Problem> errors = errors(planned, options);
    if (!errors.isEmpty()) throw new UserError(errors);
    new ErrorReport(context.err(), options.debug()).problems(planned.problems());
    Plan plan = planned.value();
    notes.addAll(plan.notes());
    var out = new FileOutputStream(FileDescriptor.out).getChannel();
    var streams = new App.StandardStreams(out, sentence -> say(context, sentence));
    ControlPlan control = claim == null ? null : SoleRun.control(claim, options, planner, plan);
    return App.run(appPlan(options, context, plan, notes).controlledBy(control), cgroup, streams);
  }

  private static void say(Context context, String sentence) {
    context.err().line("jlocal: " + sentence);
    context.err().writer().flush();
  }

  /** What is in the way of a plan may be what an earlier run has left: then it is made again. */
  private static Reading<Plan> plan(
      Planner planner, AppOptions app, Cgroup cgroup, List<String> notes) {
    var planned = planner.plan();
    if (!planned.hasErrors() && planned.value().notes().isEmpty()) return planned;
    String ended = PreviousRun.end(app.root(), cgroup);
    if (ended == null) return planned;
    notes.add(ended);
    return planner.plan();
  }

  private static List<Problem> errors(Reading<Plan> planned, StartOptions options) {
    return planned.hasErrors()
        ? planned.problems()
        : options.log().problems(planned.value().procfile());
  }

  private static AppPlan appPlan(
      StartOptions options, Context context, Plan plan, List<String> notes) {
    LifeOptions life = options.life();
    return new AppPlan(
        plan.formation(),
        List.copyOf(plan.procfile().entries().keySet()),
        new ProcessManager.Options(
            life.restart(), life.grace(), launchContext(options.log(), plan)),
        new ExitPolicy.Rules(life.onExit(), life.canDie(), life.ci() || nobodyWatches()),
        logPlan(options, context),
        plan.router(),
        null,
        notes);
  }

  private static LogPlan logPlan(StartOptions options, Context context) {
    LogOptions log = options.log();
    LogFolder folder = log.files();
    Files files = folder == null ? null : new Files(folder.path(), folder.rotation());
    boolean ci = options.life().ci();
    return new LogPlan(form(log.line(), context), log.hiddenNames(), log.buffer(), ci, files);
  }

  private static LogForm form(LineOptions line, Context context) {
    if (line.format() == LogFormat.JSON) return new LogForm.Json();
    boolean terminal = Terminal.is(Stream.OUT);
    boolean color = line.color().colors(context.environment(), terminal);
    Fit fit = terminal ? fit(line.fit()) : Fit.LEAVE;
    return new LogForm.Text(new LogStyle(color, line.timestamp(), line.prefix(), line.raw(), fit));
  }

  private static Fit fit(Fit.Mode mode) {
    if (mode == Fit.Mode.LEAVE) return Fit.LEAVE;
    return new Fit(mode, new WindowWidth(() -> Terminal.size(Stream.OUT).columns()));
  }

  /** A child's terminal is as wide as ours is beside the names. */
  private static LaunchContext launchContext(LogOptions log, Plan plan) {
    LineOptions line = log.line();
    boolean shownOnOne = Terminal.is(Stream.OUT) && line.format() == LogFormat.TEXT;
    if (!log.tty().wants(shownOnOne || Daemon.isThis())) return plan.launchContext();
    int taken = (line.prefix() ? names(log, plan) + 3 : 0) + (line.timestamp() ? 9 : 0);
    WarmUp.forTerminals();
    return plan.launchContext().withTerminals(() -> Terminal.size(Stream.OUT).narrower(taken));
  }

  private static int names(LogOptions log, Plan plan) {
    return plan.formation().specs().keySet().stream()
        .filter(name -> !log.hidden().contains(name.type()))
        .mapToInt(name -> name.toString().length())
        .reduce(NARROWEST, Math::max);
  }

  private static boolean nobodyWatches() {
    return !Daemon.isThis()
        && !Terminal.is(Stream.IN)
        && !Terminal.is(Stream.OUT)
        && !Terminal.is(Stream.ERR);
  }
}
