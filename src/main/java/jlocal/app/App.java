package jlocal.app;

import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import jlocal.os.Cgroup;
import jlocal.os.OutputWatch;
import jlocal.os.SessionSpawner;
import jlocal.os.Signal;
import jlocal.os.Signals;
import jlocal.os.Threads;
import jlocal.os.Watchdog;
import jlocal.os.WindowSize;
import jlocal.process.ExitPolicy;
import jlocal.process.ProcessEvent;
import jlocal.process.ProcessManager;

/** A running app: instances, log and router, wired together. */
public final class App {
  /** A pipe whose reader has gone; as the shell reports SIGPIPE. */
  private static final int BROKEN_PIPE = 141;

  private final AppPlan plan;
  private final AppLog log;
  private final Cgroup cgroup;
  private final SessionSpawner spawner;
  private final ProcessManager manager;
  private final ExitPolicy exitPolicy;
  private final Ending ending;
  private final RouterFeed feed = new RouterFeed();
  private final ControlRoom control;
  private final Doorkeeper door;

  /** What the start does beside the rest, and what keys and signals want done. */
  private final ExecutorService background = Threads.prepared(2, "background");

  private App(AppPlan plan, Cgroup cgroup, SessionSpawner spawner, StandardStreams streams) {
    this.plan = plan;
    this.cgroup = cgroup;
    this.spawner = spawner;
    exitPolicy = new ExitPolicy(plan.exit());
    log = new AppLog(plan, streams, this::outputGone);
    door = new Doorkeeper(plan, log, feed);
    manager =
        new ProcessManager(
            plan.processes(), spawner, log, spawner.strays(plan.processes().launch().run()));
    ending = new Ending(manager, log::sayWhy);
    log.howToKill(ending::howToKill);
    control =
        new ControlRoom(plan.control(), plan.processes().launch().terminal(), log, streams.out());
  }

  /**
   * Runs the app until it ends or is told to.
   *
   * @param cgroup what the app is to be in
   * @return its exit code
   */
  public static int run(AppPlan plan, Cgroup cgroup, StandardStreams streams) {
    var spawner = new SessionSpawner(cgroup);
    try (Watchdog watchdog =
        spawner.watchdog(plan.processes().launch().run(), plan.processes().grace())) {
      watchdog.start(); // It gets up while the rest is made, so that no process waits for it.
      return new App(plan, cgroup, spawner, streams).run(watchdog);
    }
  }

  private int run(Watchdog watchdog) {
    Thread.setDefaultUncaughtExceptionHandler(new FailureReport(log::say));
    var breath = new FirstBreath();
    manager.listen(feed);
    manager.drainBy(feed::leave);
    manager.listen(log);
    manager.listen(control.roster()); // After the log: who waits for a failure asks for its lines.
    manager.listen(this::judge);
    manager.listen(breath);
    listenToSignals();
    door.sayAddress();
    plan.notes().forEach(log::say);
    manager.listen(event -> tell(watchdog, event));
    manager.apply(plan.formation());
    breath.await(ending.over());
    Signals.begin();
    // Its first call of the C library takes longer than all that the router needs.
    background.execute(spawner::adoptOrphans);
    control.open(manager, ending, door, background);
    return runToTheEnd();
  }

  private int runToTheEnd() {
    try (door) {
      openRouter();
      background.execute(this::endLeftovers);
      return watchedToTheEnd();
    }
  }

  /** The processes run on without one. */
  private void openRouter() {
    try {
      door.open();
    } catch (RuntimeException | Error failure) {
      Threads.report(failure);
    }
  }

  private int watchedToTheEnd() {
    try (OutputWatch _ = OutputWatch.start(this::outputGone)) {
      int code = ending.await();
      control.lastCall();
      manager.close();
      log.close();
      control.close();
      spawner.close();
      return code;
    }
  }

  private void endLeftovers() {
    String ended = Leftovers.end(plan.processes().launch().root(), cgroup);
    if (ended != null) log.say(ended);
  }

  private void listenToSignals() {
    ending.listenToSignals();
    Signals.on(Signal.USR1, () -> control.restartAll(manager));
    Supplier<WindowSize> terminal = plan.processes().launch().terminal();
    if (terminal != null) Signals.on(Signal.WINCH, () -> resized(terminal.get()));
  }

  private void resized(WindowSize size) {
    manager.resize(size);
    control.resized();
  }

  private void judge(ProcessEvent event) {
    ExitPolicy.Decision decision = exitPolicy.on(event, System.nanoTime());
    if (decision == null) return;
    log.sayWhy(decision);
    ending.ask(new StopRequest.AppEnded(decision.code()));
  }

  private static void tell(Watchdog watchdog, ProcessEvent event) {
    if (event instanceof ProcessEvent.Started(_, var pid, _)) watchdog.watch(pid);
    if (event instanceof ProcessEvent.Exited(_, var pid, _, _, _)) watchdog.forget(pid);
  }

  private void outputGone() {
    ending.ask(new StopRequest.AppEnded(BROKEN_PIPE));
  }
}
