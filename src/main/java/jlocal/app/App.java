package jlocal.app;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import jlocal.app.AppPlan.RouterPlan;
import jlocal.logs.Announcer;
import jlocal.logs.Backlog;
import jlocal.logs.LogHub;
import jlocal.logs.Source;
import jlocal.os.SessionSpawner;
import jlocal.os.Signal;
import jlocal.os.Signals;
import jlocal.os.Strays;
import jlocal.os.Watchdog;
import jlocal.process.Fate;
import jlocal.process.Order;
import jlocal.process.ProcessEvent;
import jlocal.process.ProcessManager;
import jlocal.process.Verdict;
import jlocal.router.Router;
import jlocal.router.RouterLog;
import jlocal.router.RouterOptions;
import jlocal.terminal.Legend;
import jlocal.terminal.LogPainter;
import org.jspecify.annotations.Nullable;

/** A running app: instances, log and router, wired together. */
public final class App {
  /** A pipe whose reader has gone; as the shell reports SIGPIPE. */
  private static final int BROKEN_PIPE = 141;

  /** At the end the log is given this long to reach a reader who may have stopped reading. */
  private static final Duration LAST_LINES = Duration.ofSeconds(2);

  private final AppPlan plan;
  private final Backlog backlog;
  private final LogHub log;
  private final ProcessManager manager;
  private final Fate fate;
  private final RouterFeed feed = new RouterFeed();
  private final CrashReport crashes;
  private final Ending ending;
  private final Watchdog watchdog = new Watchdog();

  private App(AppPlan plan, WritableByteChannel out) {
    this.plan = plan;
    fate = new Fate(plan.fate());
    backlog = new Backlog(plan.log().backlog());
    var sources =
        Stream.concat(
            plan.formation().specs().keySet().stream().map(Source.App::new),
            Stream.of(Source.MANAGER, Source.ROUTER));
    var legend = Legend.of(plan.types(), sources.toList());
    var painter = new LogPainter(plan.log().style(), legend, out, this::outputGone);
    log = LogHub.start(List.of(painter, backlog));
    manager =
        new ProcessManager(
            plan.manager(),
            plan.workplace(),
            new SessionSpawner(),
            (name, output) -> log.read(new Source.App(name), output),
            Strays.of(plan.id()));
    crashes = new CrashReport(backlog, this::say);
    ending = new Ending(manager::shutdown, this::say);
  }

  /**
   * Runs the app until it ends or is told to.
   *
   * @return its exit code
   */
  public static int run(AppPlan plan, WritableByteChannel out) {
    return new App(plan, out).run();
  }

  private int run() {
    manager.listen(feed);
    manager.listen(this::announce);
    manager.listen(crashes);
    manager.listen(this::judge);
    manager.listen(this::tellWatchdog);
    ending.listenToSignals();
    Signals.on(Signal.USR1, () -> manager.orderAll(Order.RESTART));
    plan.notes().forEach(this::say);
    manager.apply(plan.formation());
    watchdog.start(plan.id(), plan.manager().grace());
    try (watchdog;
        Router _ = openRouter()) {
      int code = ending.await();
      manager.close();
      log.close(LAST_LINES);
      return code;
    }
  }

  private void say(String sentence) {
    log.say(Source.MANAGER, sentence);
  }

  private void announce(ProcessEvent event) {
    boolean idle = event instanceof ProcessEvent.Restarting && ending.isUnderWay();
    if (!idle) Announcer.sentences(event).forEach(this::say);
  }

  private void tellWatchdog(ProcessEvent event) {
    if (event instanceof ProcessEvent.Started(_, var pid, _)) watchdog.watch(pid);
    if (event instanceof ProcessEvent.Exited(_, var pid, _, _, _)) watchdog.forget(pid);
  }

  private void judge(ProcessEvent event) {
    Verdict verdict = fate.on(event, System.nanoTime());
    if (verdict == null) return;
    if (verdict instanceof Verdict.CrashLoop(var name, _)) crashes.print(name);
    Announcer.sentences(verdict).forEach(this::say);
    ending.end(verdict.code());
  }

  private void outputGone() {
    ending.end(BROKEN_PIPE);
  }

  private @Nullable Router openRouter() {
    RouterPlan wanted = plan.router();
    if (wanted == null) return null;
    RouterLog lines = wanted.logged() ? text -> log.say(Source.ROUTER, text) : RouterLog.OFF;
    try {
      Router router =
          Router.open(
              RouterOptions.on(wanted.hosts(), wanted.port()),
              lines,
              (name, count) -> backlog.last(new Source.App(name), count));
      feed.attach(router);
      log.say(Source.ROUTER, "web is at " + wanted.url(router.port()));
      return router;
    } catch (IOException e) {
      say("the router could not listen on port " + wanted.port() + ": " + e.getMessage());
      return null;
    }
  }
}
