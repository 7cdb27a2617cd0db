package jlocal.process;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import jlocal.formation.TypeSettings;
import jlocal.os.Child;
import jlocal.os.LiveProcess;
import jlocal.os.Signal;
import jlocal.os.Spawner;
import jlocal.process.Lifecycle.Effect;
import jlocal.process.Lifecycle.Observation;
import org.jspecify.annotations.Nullable;

/** Performs the effects of the lifecycle and reports observations. On the manager's thread. */
final class EffectRunner implements AutoCloseable {
  /** How long the group of a crashed leader may keep running. */
  private static final Duration GROUP_TIMEOUT = Duration.ofSeconds(1);

  /** When the log reports what delays a stop; again every five times as long. */
  private static final Duration SLOW_STOP_REPORT = Duration.ofSeconds(1);

  private static final Duration SLOW_STOP_REPEAT = Duration.ofSeconds(5);

  /** Requests that take longer are cut off when their instance is stopped. */
  private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(10);

  /** When a process that survives SIGKILL is reported. */
  static final Duration KILL_TIMEOUT = Duration.ofSeconds(2);

  private final EventLoop loop;
  private final ProcessManager manager;
  private final ProcessManager.Options options;
  private final ProcessStarter starter;
  private final ProcessManager.OutputReader outputs;
  private final ReadinessProbe readiness;
  private final ExitMonitor exits;
  private final CompletableFuture<Void> drainsCancelled = new CompletableFuture<>();
  private volatile ProcessManager.DrainHook drainHook = ProcessManager.DrainHook.NONE;

  EffectRunner(
      EventLoop loop,
      ProcessManager manager,
      ProcessManager.Options options,
      Spawner spawner,
      ProcessManager.OutputReader outputs) {
    this.loop = loop;
    this.manager = manager;
    this.outputs = outputs;
    this.options = options;
    starter = new ProcessStarter(options.launch(), spawner::spawn);
    readiness = new ReadinessProbe(loop, manager, options.launch());
    exits = new ExitMonitor(loop, options.launch(), manager);
  }

  void drainBy(ProcessManager.DrainHook hook) {
    drainHook = hook;
  }

  /** Called when a line of the instance's output shows that it is ready. */
  void lineFound(ManagedInstance instance) {
    readiness.lineFound(instance);
  }

  /** Terminates instances that are draining, and drains none from now on. */
  void cancelDrains() {
    drainsCancelled.complete(null);
  }

  void run(ManagedInstance instance, Effect effect) {
    switch (effect) {
      case Effect.Spawn(var generation) ->
          starter.start(
              readiness.spec(instance),
              result -> loop.post(() -> spawned(instance, generation, result)));
      case Effect.Terminate(var generation, _) -> terminate(instance, generation);
      case Effect.Kill(var generation, _, var isAsked) -> kill(instance, generation, isAsked);
      case Effect.AwaitGroup(var generation) ->
          observeAfter(GROUP_TIMEOUT, instance, new Observation.GroupTimeout(generation));
      case Effect.Backoff(var generation, var delay) -> {
        int crashes = instance.instance().crashes();
        manager.tell(instance, new ProcessEvent.Restarting(instance.name(), delay, crashes));
        observeAfter(delay, instance, new Observation.BackoffOver(generation));
      }
      case Effect.Retry(var generation, var why, var delay) -> {
        manager.tell(instance, new ProcessEvent.NotStarted(instance.name(), why, delay));
        observeAfter(delay, instance, new Observation.BackoffOver(generation));
      }
      case Effect.GiveUp(_, var status, var neverUp) ->
          manager.tell(instance, new ProcessEvent.GaveUp(instance.name(), status, neverUp));
      case Effect.ReportNotStarted(var why) ->
          manager.tell(instance, new ProcessEvent.NotStarted(instance.name(), why, null));
    }
  }

  private void observeAfter(Duration delay, ManagedInstance instance, Observation observation) {
    loop.schedule(delay, () -> manager.observed(instance, observation));
  }

  private void spawned(ManagedInstance instance, int generation, ProcessStarter.Result result) {
    switch (result) {
      case ProcessStarter.Result.Failed(var why, var temporary) ->
          manager.observed(instance, new Observation.NotSpawned(generation, why, temporary));
      case ProcessStarter.Result.Started(var child) -> {
        var process = new ManagedProcess(generation, child, loop.nanoTime());
        instance.process(process);
        long pid = child.pid();
        int port = instance.spec().port();
        manager.tell(instance, new ProcessEvent.Started(instance.name(), pid, port));
        manager.observed(instance, new Observation.Spawned(generation, pid));
        exits.watch(instance, process, outputs.read(instance.name(), child.output()));
        readiness.watch(instance, process);
      }
    }
  }

  private void terminate(ManagedInstance instance, int generation) {
    boolean stopping = instance.state() instanceof ProcessState.Stopping;
    var drained = (stopping ? drainHook.drain(instance.name()) : ProcessManager.DrainHook.DRAINED);
    var timeout = new CompletableFuture<Void>();
    var over = CompletableFuture.anyOf(drained.toCompletableFuture(), drainsCancelled, timeout);
    if (over.isDone()) {
      sendTerm(instance, generation);
    } else {
      loop.schedule(DRAIN_TIMEOUT, () -> timeout.complete(null));
      var _ = over.whenComplete((_, _) -> loop.post(() -> sendTerm(instance, generation)));
    }
  }

  private void sendTerm(ManagedInstance instance, int generation) {
    Child child = childOf(instance, generation);
    if (child == null || !instance.state().isAlive()) return;
    TypeSettings own = instance.spec().own();
    child.signal(Objects.requireNonNullElse(own.stopSignal(), Signal.TERM));
    child.signal(Signal.CONT); // A stopped process handles signals only once continued.
    long since = loop.nanoTime();
    Duration grace = Objects.requireNonNullElseGet(own.grace(), manager::graceLeft);
    observeAfter(grace, instance, new Observation.GraceTimeout(generation));
    loop.schedule(SLOW_STOP_REPORT, () -> reportSlowStop(instance, generation, since));
  }

  private void reportSlowStop(ManagedInstance instance, int generation, long since) {
    Child child = childOf(instance, generation);
    if (child == null || instance.instance().generation() != generation) return;
    if (!(instance.state() instanceof ProcessState.Stopping(_, var sent))) return;
    if (sent != ProcessState.StopSignal.TERM) return;
    Duration own = instance.spec().own().grace();
    Duration grace = Objects.requireNonNullElse(own, options.grace());
    Duration left = grace.minusNanos(loop.nanoTime() - since);
    boolean ordered = instance.isStopOrdered();
    child.remaining().stream()
        .findFirst()
        .map(process -> new ProcessEvent.SlowToStop(instance.name(), process, left, ordered))
        .ifPresent(event -> manager.tell(instance, event));
    loop.schedule(SLOW_STOP_REPEAT, () -> reportSlowStop(instance, generation, since));
  }

  private void kill(ManagedInstance instance, int generation, boolean isAsked) {
    Child child = childOf(instance, generation);
    if (child == null) return;
    var killed = child.remaining().stream().filter(LiveProcess::signalAllowed).findFirst();
    child.signal(Signal.KILL);
    killed
        .filter(_ -> isAsked)
        .map(process -> new ProcessEvent.Killed(instance.name(), process))
        .ifPresent(event -> manager.tell(instance, event));
    loop.schedule(KILL_TIMEOUT, () -> checkKilled(instance, generation, false));
  }

  /** SIGKILL has no effect on another user's process, or on one that waits for a device. */
  private void checkKilled(ManagedInstance instance, int generation, boolean reported) {
    Child child = childOf(instance, generation);
    boolean isGone = instance.instance().generation() != generation || !instance.state().isAlive();
    if (child == null || isGone) return;
    List<LiveProcess> remaining = child.remaining();
    if (manager.abandons(instance.name(), remaining)) {
      manager.observed(instance, new Observation.Abandoned(generation));
      return;
    }
    boolean report = !reported && !remaining.isEmpty();
    if (report) manager.tell(instance, new ProcessEvent.Unkillable(instance.name(), remaining));
    loop.schedule(KILL_TIMEOUT, () -> checkKilled(instance, generation, reported || report));
  }

  private static @Nullable Child childOf(ManagedInstance instance, int generation) {
    ManagedProcess process = instance.process(generation);
    return process == null ? null : process.child();
  }

  @Override
  public void close() {
    starter.close();
    readiness.close();
  }
}
