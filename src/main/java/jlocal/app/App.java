package jlocal.app;

import java.nio.channels.WritableByteChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import jlocal.os.Cgroup;
import jlocal.os.OutputWatch;
import jlocal.os.Signal;
import jlocal.os.Signals;
import jlocal.os.Spawner;
import jlocal.os.Threads;
import jlocal.os.Watchdog;
import jlocal.os.WindowSize;
import jlocal.process.ExitPolicy;
import jlocal.process.ProcessEvent;
import jlocal.process.ProcessManager;

/** A running app: instances, log, router and control, wired together. */
public final class App {
  /** The exit code after SIGPIPE, as in shells. */
  private static final int BROKEN_PIPE = 141;

  private final AppPlan plan;
  private final AppLog log;
  private final Cgroup cgroup;
  private final Spawner spawner;
  private final ProcessManager manager;
  private final ExitPolicy exitPolicy;
  private final Shutdown shutdown;
  private final RouterLifecycle router;
  private final ControlService control;
  private final WritableByteChannel out;
  private final CompletableFuture<Void> firstStart = new CompletableFuture<>();

  /** Runs the slower steps of the start, and the actions of keys and signals. */
  private final ExecutorService background = Threads.prepared(2, "background");

  /**
   * The standard streams of a running app.
   *
   * @param err receives messages that stdout cannot show; any thread
   */
  public record StandardStreams(WritableByteChannel out, Consumer<String> err) {}

  private App(AppPlan plan, Cgroup cgroup, Spawner spawner, StandardStreams streams) {
    this.plan = plan;
    this.cgroup = cgroup;
    this.spawner = spawner;
    out = streams.out();
    exitPolicy = new ExitPolicy(plan.exit());
    log = new AppLog(plan, streams, this::outputGone);
    var strays = spawner.processes(plan.processes().launch().run());
    manager = new ProcessManager(plan.processes(), spawner, log, strays);
    shutdown = new Shutdown(manager, log::sayWhy);
    log.howToKill(shutdown::howToKill);
    router = new RouterLifecycle(plan, log, manager);
    control = new ControlService(plan, manager, log);
  }

  /**
   * Runs the app until it ends or is stopped.
   *
   * @param cgroup the group of its processes
   * @return its exit code
   */
  public static int run(AppPlan plan, Cgroup cgroup, StandardStreams streams) {
    var spawner = new Spawner(cgroup);
    try (Watchdog watchdog =
        spawner.watchdog(plan.processes().launch().run(), plan.processes().grace())) {
      watchdog.start(); // It starts during the rest of the setup, so that no process waits for it.
      return new App(plan, cgroup, spawner, streams).run(watchdog);
    }
  }

  private int run(Watchdog watchdog) {
    Thread.setDefaultUncaughtExceptionHandler(new UncaughtExceptionLog(log::say));
    manager.listen(router.asleep());
    manager.listen(router);
    manager.drainBy(router::drain);
    manager.listen(log);
    manager.listen(event -> onEvent(event, watchdog));
    listenToSignals();
    router.announceEarly();
    plan.notes().forEach(log::say);
    log.lookForReadyLines(plan.formation().order(), manager::lineFound);
    manager.apply(plan.formation());
    awaitFirstStart();
    Signals.begin();
    // Its first call of the C library takes longer than everything the router needs.
    background.execute(spawner::adoptOrphans);
    control.open(router, shutdown, out, background);
    return runToTheEnd();
  }

  /** Waits until the first process has been started; less urgent work follows. */
  private void awaitFirstStart() {
    shutdown.over().thenRun(() -> firstStart.complete(null));
    firstStart.join();
  }

  private int runToTheEnd() {
    try (router) {
      Threads.guarded(router::open); // The processes continue even if this fails.
      background.execute(this::endPreviousRun);
      return watchedToTheEnd();
    }
  }

  private int watchedToTheEnd() {
    try (OutputWatch _ = OutputWatch.start(this::outputGone)) {
      int code = shutdown.await();
      router.close();
      manager.snapshots().close();
      manager.close();
      log.close();
      control.close();
      spawner.close();
      return code;
    }
  }

  private void endPreviousRun() {
    String ended = LeftoverProcesses.end(plan.planner().request().app().root(), cgroup);
    if (ended != null) log.say(ended);
  }

  private void listenToSignals() {
    shutdown.listenToSignals();
    shutdown.killed().thenRun(router::cut);
    Signals.on(Signal.USR1, control::restartAll);
    Supplier<WindowSize> terminal = plan.processes().launch().terminal();
    if (terminal != null) Signals.on(Signal.WINCH, () -> resized(terminal.get()));
  }

  private void resized(WindowSize size) {
    manager.resize(size);
    control.resized();
  }

  private void onEvent(ProcessEvent event, Watchdog watchdog) {
    if (event instanceof ProcessEvent.Started(_, var pid, _)) {
      watchdog.watch(pid);
      firstStart.complete(null);
    }
    if (event instanceof ProcessEvent.NotStarted) firstStart.complete(null);
    if (event instanceof ProcessEvent.Exited(_, var pid, _, _, _)) watchdog.forget(pid);
    // A sleeping app has not ended, although none of its processes runs.
    if (event instanceof ProcessEvent.GaveUp && router.asleep().isSleeping()) return;
    ExitPolicy.Decision decision = exitPolicy.on(event, System.nanoTime());
    if (decision == null) return;
    log.sayWhy(decision);
    shutdown.ask(new ShutdownState.Request.AppEnded(decision.code()));
  }

  private void outputGone() {
    shutdown.ask(new ShutdownState.Request.AppEnded(BROKEN_PIPE));
  }
}
