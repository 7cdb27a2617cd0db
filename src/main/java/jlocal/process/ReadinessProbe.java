package jlocal.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import jlocal.formation.ProcessSpec;
import jlocal.formation.Readiness;
import jlocal.formation.StartOrder;
import jlocal.os.Launch;
import jlocal.os.ListeningProcesses;
import jlocal.os.Signal;
import jlocal.os.Threads;
import jlocal.process.Lifecycle.Observation;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile.Command;
import org.jspecify.annotations.Nullable;

/** Determines when an instance is ready, by the check of its type. On the manager's thread. */
final class ReadinessProbe implements AutoCloseable {
  private static final Duration UP_AFTER = Duration.ofSeconds(1);
  private static final Duration ALIVE_INTERVAL = Duration.ofMillis(500);

  /** The interval while others wait to be started. */
  private static final Duration AWAITED_INTERVAL = Duration.ofMillis(10);

  private static final Duration AWAITED_PERIOD = Duration.ofSeconds(5);

  /** The interval while requests wait for it. */
  private static final Duration INTERVAL = Duration.ofMillis(25);

  private static final Duration FREQUENT_PERIOD = Duration.ofSeconds(30);
  private static final Duration SLOW_INTERVAL = Duration.ofMillis(250);

  /** The interval of checks that start a process, or send a request. */
  private static final Duration COSTLY_INTERVAL = Duration.ofMillis(100);

  private static final Duration REPORT_AFTER = Duration.ofSeconds(20);
  private static final int MAX_SLOW_PROBES = 16;

  private final EventLoop loop;
  private final ProcessManager manager;
  private final LaunchContext context;
  private final ExecutorService threads = Threads.prepared(2, "readiness");
  private final NotifySockets sockets;
  private @Nullable ExecutorService slowProbes;

  ReadinessProbe(EventLoop loop, ProcessManager manager, LaunchContext context) {
    this.loop = loop;
    this.manager = manager;
    this.context = context;
    sockets = new NotifySockets(loop, this);
  }

  /**
   * Returns what to start: the instance's own specification, with variables to report readiness.
   */
  ProcessSpec spec(ManagedInstance instance) {
    StartOrder.Rule rule = rule(instance);
    if (!(rule.readiness() instanceof Readiness.Notify)) return instance.spec();
    try {
      return instance.spec().with(sockets.open(instance, rule));
    } catch (IOException e) {
      notReady(instance, "there is no NOTIFY_SOCKET: " + e.getMessage());
      return instance.spec();
    }
  }

  private StartOrder.Rule rule(ManagedInstance instance) {
    return manager.order().rule(instance.name().type());
  }

  /** Probes a started process until it is up or has ended. */
  void watch(ManagedInstance instance, ManagedProcess process) {
    Readiness readiness = rule(instance).readiness();
    switch (readiness) {
      case Readiness.Exit _, Readiness.LogLine _, Readiness.Notify _ -> {}
      case Readiness.Alive _ -> {
        loop.schedule(UP_AFTER, () -> ready(instance, process, "running", 0));
        loop.schedule(interval(instance, process), () -> probe(instance, process));
      }
      case Readiness.Port _, Readiness.Http _, Readiness.Exec _, Readiness.Listening _ ->
          probe(instance, process);
    }
    if (!(readiness instanceof Readiness.Exit)) {
      loop.schedule(REPORT_AFTER, () -> report(instance, process));
      boolean isWeb = instance.name().type().equals(ProcessType.WEB);
      if (isWeb) loop.schedule(PortSearch.INTERVAL, () -> searchPort(instance, process));
    }
  }

  private void searchPort(ManagedInstance instance, ManagedProcess process) {
    if (!instance.isPresent(process) || process.listensOn() != 0) return;
    new PortSearch(loop, manager, slowProbes(), instance, process).look();
  }

  private void probe(ManagedInstance instance, ManagedProcess process) {
    if (!isStarting(instance, process)) return;
    Readiness readiness = rule(instance).readiness();
    int port = process.servedPort(instance.spec().port());
    var probe = new Probe(process.child().pid(), port, process.sinceStart(loop.nanoTime()));
    Launch command =
        readiness instanceof Readiness.Exec(var line)
            ? context.launch(instance.spec().with(new Command(line)))
            : null;
    try {
      threadsFor(readiness)
          .execute(() -> {
            Probe.Result result =
                process.hasNews(readiness, loop.nanoTime()) ? probe.look(readiness, command) : null;
            loop.post(() -> probed(instance, process, result));
          });
    } catch (RejectedExecutionException | OutOfMemoryError _) {
      loop.schedule(SLOW_INTERVAL, () -> probe(instance, process));
    }
  }

  /** Probes that may take seconds must not delay others. */
  private ExecutorService threadsFor(Readiness readiness) {
    boolean isSlow =
        readiness instanceof Readiness.Http
            || readiness instanceof Readiness.Exec
            || (readiness instanceof Readiness.Port(var numbers) && !numbers.isEmpty());
    return isSlow ? slowProbes() : threads;
  }

  private ExecutorService slowProbes() {
    if (slowProbes == null) slowProbes = Threads.growing(0, MAX_SLOW_PROBES, UP_AFTER, "probe");
    return slowProbes;
  }

  private void probed(
      ManagedInstance instance, ManagedProcess process, Probe.@Nullable Result result) {
    if (result != null && result.evidence() != null) {
      ready(instance, process, result.evidence(), result.port());
      return;
    }
    if (result != null) process.missing(result.missing());
    loop.schedule(interval(instance, process), () -> probe(instance, process));
  }

  private Duration interval(ManagedInstance instance, ManagedProcess process) {
    Duration age = process.sinceStart(loop.nanoTime());
    Readiness readiness = rule(instance).readiness();
    boolean isCostly =
        readiness instanceof Readiness.Exec
            || (readiness instanceof Readiness.Http && !process.missing().isEmpty());
    boolean awaited = manager.order().isAwaited(instance.name().type());
    if (age.compareTo(FREQUENT_PERIOD) >= 0) return SLOW_INTERVAL;
    if (isCostly) return COSTLY_INTERVAL;
    if (awaited && age.compareTo(AWAITED_PERIOD) < 0) return AWAITED_INTERVAL;
    return readiness instanceof Readiness.Alive ? ALIVE_INTERVAL : INTERVAL;
  }

  private void ready(ManagedInstance instance, ManagedProcess process, String evidence, int port) {
    if (!isStarting(instance, process)) return;
    long now = loop.nanoTime();
    process.up(now);
    if (port == instance.spec().port()) process.listensOn(port);
    manager.observed(instance, new Observation.Ready(process.generation()));
    Duration after = process.sinceStart(now);
    manager.tell(instance, new ProcessEvent.BecameUp(instance.name(), after, evidence, port));
  }

  /** Handles a line of output that shows readiness. */
  void lineFound(ManagedInstance instance) {
    ManagedProcess process = instance.process(instance.instance().generation());
    if (process == null || !(rule(instance).readiness() instanceof Readiness.LogLine)) return;
    ready(instance, process, "its output says so", 0);
  }

  /** Handles READY=1: it is ready for the first time, or has reloaded. */
  void notified(ManagedInstance instance) {
    ManagedProcess process = instance.process(instance.instance().generation());
    if (process == null) return;
    if (isStarting(instance, process)) {
      ready(instance, process, "it says READY=1", 0);
      alive(instance);
    } else {
      status(instance, "ready again");
    }
  }

  void status(ManagedInstance instance, String text) {
    if (!instance.state().isAlive()) return;
    manager.tell(instance, new ProcessEvent.Notified(instance.name(), text));
  }

  /** Handles WATCHDOG=1. If the next one is late, the process is ended as a crash. */
  void alive(ManagedInstance instance) {
    Duration limit = rule(instance).watchdog();
    ManagedProcess process = instance.process(instance.instance().generation());
    if (process == null || limit.isZero()) return;
    long signs = process.signOfLife();
    loop.schedule(
        limit,
        () -> {
          if (process.signsOfLife() == signs && instance.isPresent(process)) watchdogOver(instance);
        });
  }

  void watchdogOver(ManagedInstance instance) {
    ManagedProcess process = instance.process(instance.instance().generation());
    if (process == null || !(instance.state() instanceof ProcessState.Up)) return;
    Duration limit = rule(instance).watchdog();
    manager.tell(instance, new ProcessEvent.WatchdogTimeout(instance.name(), limit));
    process.child().signal(Signal.ABRT);
    loop.schedule(
        UP_AFTER,
        () -> {
          if (instance.isPresent(process) && process.status() == null)
            process.child().signal(Signal.KILL);
        });
  }

  private void report(ManagedInstance instance, ManagedProcess process) {
    if (!isStarting(instance, process)) return;
    Readiness readiness = rule(instance).readiness();
    if (readiness instanceof Readiness.Port(var numbers) && numbers.isEmpty()) {
      findPorts(instance, process);
      return;
    }
    String missing = process.missing().isEmpty() ? "" : " (" + process.missing() + ")";
    String wanted = readiness.wanted(instance.spec().port());
    notReady(instance, "still waiting for " + wanted + missing + " after 20 s");
  }

  private void notReady(ManagedInstance instance, String why) {
    manager.tell(instance, new ProcessEvent.NotReady(instance.name(), why, List.of()));
  }

  private void findPorts(ManagedInstance instance, ManagedProcess process) {
    long group = process.child().pid();
    threads.execute(() -> {
      SortedSet<Integer> opened = ListeningProcesses.ofTree(group).ports();
      opened.removeIf(port -> !ServedPort.isCandidate(port));
      loop.post(() -> reportNotListening(instance, process, opened));
    });
  }

  private void reportNotListening(
      ManagedInstance instance, ManagedProcess process, SortedSet<Integer> opened) {
    if (!isStarting(instance, process)) return;
    manager.tell(
        instance, new ProcessEvent.NotListening(instance.name(), instance.spec().port(), opened));
  }

  private static boolean isStarting(ManagedInstance instance, ManagedProcess process) {
    return instance.isPresent(process)
        && process.status() == null
        && instance.state() instanceof ProcessState.Starting;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    if (slowProbes != null) slowProbes.shutdownNow();
    sockets.close();
  }
}
