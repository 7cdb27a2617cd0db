package jlocal.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jlocal.app.App;
import jlocal.app.AppPlan;
import jlocal.app.AppPlan.LogPlan;
import jlocal.app.LeftoverProcesses;
import jlocal.app.ReleasePhase;
import jlocal.control.AppInfo;
import jlocal.control.AppLock;
import jlocal.control.ControlFolder;
import jlocal.deploy.IsolatedCopy;
import jlocal.os.Cgroup;
import jlocal.os.Daemon;
import jlocal.os.RunId;
import jlocal.os.Signals;
import jlocal.os.SpawnFailure;
import jlocal.os.Terminal;
import jlocal.os.Terminal.Stream;
import jlocal.os.WarmUp;
import jlocal.plan.Plan;
import jlocal.plan.PlanRequest;
import jlocal.plan.Planner;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.problem.UserError;
import jlocal.process.ExitPolicy;
import jlocal.process.LaunchContext;
import jlocal.process.ProcessManager;
import jlocal.procfile.Procfile;
import org.jspecify.annotations.Nullable;

/** Runs the app, in the foreground or in the background. */
final class StartCommand extends Subcommand<StartOptions> {
  /** The width of jlocal's own name, {@code manager}, in the log. */
  private static final int MIN_PREFIX = 7;

  StartCommand() {
    super("start", "local", "local:start");
    takes("[TYPE | TYPE=N]...");
  }

  @Override
  List<OptionGroup> options() {
    return StartOptions.groups();
  }

  /** Whether JSON is printed by the command itself: in the foreground, as the log. */
  @Override
  boolean isOwnJson(List<String> words) {
    return !words.contains(StartOptions.DETACH);
  }

  @Override
  void prepare() {
    Signals.prepare();
    WarmUp.forProcesses();
    if (Terminal.is(Stream.OUT)) WarmUp.forTerminals();
    else WarmUp.forPipes();
  }

  @Override
  StartOptions read(Values values) {
    return StartOptions.from(values);
  }

  @Override
  int run(StartOptions options, Context context) throws Exception {
    PlanRequest.App app = options.request().app();
    var notes = new ArrayList<String>();
    var procfile = AppProcfile.of(options.values(), app);
    AppAddOns addOns = procfile.addOns();
    if (options.values().is(StartOptions.SHARE)) addOns.share(notes::add);
    List<String> formation = AppJsonSetup.formation(app, options.values());
    if (!formation.isEmpty()) notes.add("app.json: " + String.join(" ", formation));
    int code = AppJsonSetup.run(app, options.values(), context);
    if (code != 0) return code;
    if (options.values().is(StartOptions.DETACH) && !Daemon.isThis()) {
      AppInfo running = new AppClient(app.key(), true, context).info();
      if (running != null) return StartInRunningApp.run(running.pid() + "", options, context);
      StartInRunningApp.refuseInstances(options.typed());
      return DetachedStart.run(app.key(), options.values().words(), context);
    }
    var cgroup = Cgroup.of(RunId.ofThisProcess(app.root().toAbsolutePath().normalize()));
    try (AppLock appLock = lock(app, context, notes);
        addOns) {
      StartInRunningApp.refuseInstances(options.typed());
      addOns.startsIn(cgroup);
      return new Start(options, context, cgroup, appLock, notes).run(procfile);
    } catch (AppLock.Taken taken) {
      return StartInRunningApp.run(taken.pid(), options, context);
    } finally {
      cgroup.leave();
    }
  }

  /**
   * Locks the app.
   *
   * @param notes receives the reason if it cannot be controlled
   * @return null if the app runs without control
   * @throws UserError in the background, where only control can end it
   */
  private static @Nullable AppLock lock(PlanRequest.App app, Context context, List<String> notes)
      throws AppLock.Taken, UserError {
    try {
      return AppLock.take(ControlFolder.open(context.environment()), app.key());
    } catch (IOException e) {
      if (Daemon.isThis()) {
        throw new UserError(
            "an app in the background needs a control socket: " + e.getMessage(),
            "set XDG_RUNTIME_DIR or TMPDIR to a folder that you own");
      }
      notes.add("control commands (ps, scale, …) are unavailable for this run: " + e.getMessage());
      return null;
    }
  }

  private record Start(
      StartOptions options,
      Context context,
      Cgroup cgroup,
      @Nullable AppLock appLock,
      List<String> notes) {
    int run(AppProcfile procfile) throws UserError, SpawnFailure, IOException {
      var isolated = new IsolateOptions(options.values());
      PlanRequest request = options.request();
      try (IsolatedCopy copy = isolated.copy()) {
        if (copy != null) request = isolated.filled(copy, request, notes::add);
        return start(request, copy == null ? procfile : procfile.in(request.directory()));
      }
    }

    private int start(PlanRequest request, AppProcfile procfile)
        throws UserError, SpawnFailure, IOException {
      var planner = new Planner(request, procfile, appLock);
      Reading<Plan> planned = plan(planner);
      List<Problem> errors =
          planned.hasErrors() ? planned.problems() : problems(planned.value().procfile());
      if (!errors.isEmpty()) throw new UserError(errors);
      context.report(planned.problems());
      Plan plan = planned.value();
      notes.addAll(plan.notes());
      String env = MainCheckoutEnv.hint(options.request().app());
      if (env != null) notes.add(env);
      var out = new FileOutputStream(FileDescriptor.out).getChannel();
      var streams = new App.StandardStreams(out, this::report);
      AppPlan app = appPlan(plan, planner, procfile.addOns());
      if (options.isReleased()) {
        int code;
        try (var _ = procfile.addOns().runFor(plan.formation())) {
          code = ReleasePhase.run(app, cgroup, Daemon.isThis() ? errorStreams() : streams);
        }
        if (code != 0) return code;
      }
      return App.run(app, cgroup, streams);
    }

    /** Returns the streams of an app in the background; until it is up, only its stderr is read. */
    private App.StandardStreams errorStreams() {
      return new App.StandardStreams(
          new FileOutputStream(FileDescriptor.err).getChannel(), this::report);
    }

    private List<Problem> problems(Procfile procfile) {
      var problems = new ArrayList<>(options.log().problems(procfile));
      problems.addAll(options.watch().problems(procfile));
      problems.addAll(options.metrics().problems(procfile));
      if (options.isReleased()) problems.addAll(ReleaseCommand.missing(procfile));
      return problems;
    }

    private void report(String sentence) {
      context.err().line("jlocal: " + sentence);
    }

    /** Plans again after ending the leftovers of an earlier run that were in the way. */
    private Reading<Plan> plan(Planner planner) {
      var planned = planner.plan();
      if (!planned.hasErrors() && planned.value().notes().isEmpty()) return planned;
      String ended = LeftoverProcesses.end(options.request().app().root(), cgroup);
      if (ended == null) return planned;
      notes.add(ended);
      return planner.plan();
    }

    /** Whether keys work: a person reads the log at a terminal. */
    private boolean hasKeys() {
      return options.values().is("--keys")
          && !options.isCi()
          && options.log().isText()
          && Terminal.is(Stream.IN)
          && Terminal.is(Stream.OUT);
    }

    private AppPlan appPlan(Plan plan, Planner planner, AppAddOns addOns) {
      Values values = options.values();
      var unattended = options.isCi() || isUnattended();
      return new AppPlan(
          plan,
          planner,
          appLock,
          new ProcessManager.Options(
              options.restart(), values.<Duration>get("--timeout"), launchContext(plan)),
          new ExitPolicy.Rules(options.onExit(), Set.copyOf(options.canDie()), unattended),
          logPlan(values.<Integer>get("--log-buffer")),
          hasKeys(),
          new AppFeatures(options, context, planner, addOns)
              .all(plan.router() != null, appLock, notes),
          notes);
    }

    private LogPlan logPlan(int buffer) {
      LogOptions log = options.log();
      return new LogPlan(log.form(), log.hidden(), buffer, options.isCi(), log.files());
    }

    /** Returns the launch context. A child's terminal has the width that the names leave. */
    private LaunchContext launchContext(Plan plan) {
      LogOptions log = options.log();
      var common = plan.launchContext();
      boolean isShownOnOne = Terminal.is(Stream.OUT) && log.isText();
      if (!log.hasTerminals(isShownOnOne || Daemon.isThis())) return common;
      int taken = log.prefixColumns(nameWidth(plan));
      WarmUp.forTerminals();
      return common.withTerminals(() -> Terminal.size(Stream.OUT).narrower(taken));
    }

    private int nameWidth(Plan plan) {
      Set<String> hidden = options.log().hidden();
      return plan.formation().specs().values().stream()
          .filter(it -> !it.own().isService() && !hidden.contains(it.name().type().name()))
          .mapToInt(it -> it.name().toString().length())
          .reduce(MIN_PREFIX, Math::max);
    }

    private static boolean isUnattended() {
      return !Daemon.isThis()
          && !Terminal.is(Stream.IN)
          && !Terminal.is(Stream.OUT)
          && !Terminal.is(Stream.ERR);
    }
  }
}
