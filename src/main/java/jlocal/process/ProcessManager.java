package jlocal.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import jlocal.formation.Formation;
import jlocal.formation.InstanceName;
import jlocal.formation.ProcessSpec;
import jlocal.formation.RestartReason;
import jlocal.formation.StartOrder;
import jlocal.os.ChildOutput;
import jlocal.os.ChildTerminal;
import jlocal.os.LiveProcess;
import jlocal.os.RunProcesses;
import jlocal.os.Spawner;
import jlocal.os.WindowSize;
import jlocal.process.Lifecycle.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a formation running, and owns the state of its instances. One thread handles orders and
 * observations: the lifecycle decides, the manager performs the effects. Publishes a snapshot of an
 * instance with each event. Thread-safe; methods return at once.
 */
public final class ProcessManager implements AutoCloseable {
  private final EventLoop loop = new EventLoop();

  /** Includes removed instances, which continue to count their processes when they return. */
  private final SequencedMap<InstanceName, ManagedInstance> instances = new LinkedHashMap<>();

  private final InstanceSnapshots snapshots = new InstanceSnapshots();
  private final List<ProcessEvent.Listener> listeners = new CopyOnWriteArrayList<>();
  private final CompletableFuture<List<Survivor>> ended = new CompletableFuture<>();
  private final SequencedMap<Long, Survivor> survivors = new LinkedHashMap<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final Lifecycle lifecycle;
  private final EffectRunner effects;
  private final EscapedProcesses escaped;
  private final OrderedInstances ordered;
  private Formation formation = new Formation(new LinkedHashMap<>());
  private @Nullable Long shutdownAt;
  private boolean killing;

  /**
   * How processes run, end and are restarted.
   *
   * @param grace the time between SIGTERM and SIGKILL
   */
  public record Options(RestartPolicy restart, Duration grace, LaunchContext launch) {}

  /** Reads the output of instances. */
  public interface OutputReader {
    /**
     * Reads the output to its end and closes it.
     *
     * @return completes, on any thread, when all of it has been delivered
     */
    CompletionStage<Void> read(InstanceName name, ChildOutput output);
  }

  /** Delays SIGTERM: web instances first finish their requests. */
  @FunctionalInterface
  public interface DrainHook {
    /** Nothing to wait for. */
    CompletionStage<Void> DRAINED = CompletableFuture.completedStage(null);

    /** Never waits. */
    DrainHook NONE = _ -> DRAINED;

    /**
     * Starts draining an instance that is being stopped. Called on the manager's thread, so it must
     * not block.
     *
     * @return completes, on any thread and in any way, when the instance may be terminated
     */
    CompletionStage<Void> drain(InstanceName name);
  }

  /**
   * A process that could not be ended and outlives the app.
   *
   * @param instance its instance; null if it left its process group
   */
  public record Survivor(@Nullable InstanceName instance, LiveProcess process) {}

  /** {@code run}: the processes of this run, for those that leave their group. */
  public ProcessManager(Options options, Spawner spawner, OutputReader outputs, RunProcesses run) {
    lifecycle = new Lifecycle(options.restart());
    effects = new EffectRunner(loop, this, options, spawner, outputs);
    ordered = new OrderedInstances(this, lifecycle, loop, instances.values(), options.grace());
    escaped = new EscapedProcesses(loop, run, options.grace());
  }

  /** Adds a listener of future events, called on the manager's thread. */
  public void listen(ProcessEvent.Listener listener) {
    listeners.add(listener);
  }

  /** The latest snapshot of every instance. */
  public InstanceSnapshots snapshots() {
    return snapshots;
  }

  /** Sets the hook that delays SIGTERM; to be called before any instance runs. */
  public void drainBy(DrainHook hook) {
    effects.drainBy(hook);
  }

  /**
   * Replaces the formation: starts new instances, stops removed ones, restarts changed ones.
   * Instances that the user stopped stay stopped; those that ended by themselves are started only
   * if they changed.
   */
  public void apply(Formation next) {
    loop.post(() -> {
      Formation before = formation;
      formation = next;
      for (ManagedInstance instance : List.copyOf(instances.values())) {
        boolean removed = before.has(instance.name()) && !next.has(instance.name());
        if (removed) take(instance, lifecycle.on(instance.instance(), Order.STOP));
      }
      for (InstanceName name : next.order().sorted(next.specs().keySet())) {
        apply(Objects.requireNonNull(next.specs().get(name)), !before.has(name));
      }
      ordered.releaseWaiting();
    });
  }

  private void apply(ProcessSpec spec, boolean isNew) {
    ManagedInstance instance =
        instances.computeIfAbsent(spec.name(), _ -> new ManagedInstance(spec));
    StartOrder.Rule rule = order().rule(spec.name().type());
    boolean changed = !isNew && !RestartReason.between(instance.spec(), spec, rule).isEmpty();
    instance.spec(spec);
    if (isNew) order(instance, Order.START);
    else if (changed && !instance.instance().isStopped()) order(instance, Order.RESTART);
  }

  /**
   * Gives an order to an instance; ignored if it is not in the formation. A STOP repeated a second
   * later or more kills.
   */
  public void order(InstanceName name, Order order) {
    loop.post(() -> {
      ManagedInstance instance = instances.get(name);
      if (instance == null || !formation.has(name)) return;
      order(instance, instance.ordered(order, loop.nanoTime()));
    });
  }

  /** Gives an order to every instance of the formation. */
  public void orderAll(Order order) {
    loop.post(() -> order().sorted(formation.specs().keySet()).forEach(name -> order(name, order)));
  }

  /** Completes when the listeners have received all events so far. */
  public CompletionStage<Void> caughtUp() {
    var caughtUp = new CompletableFuture<Void>();
    var _ = closed.thenRun(() -> caughtUp.complete(null));
    loop.post(() -> caughtUp.complete(null));
    return caughtUp;
  }

  /** Returns the terminal of an instance's process; null if there is no process, or no terminal. */
  public CompletionStage<@Nullable ChildTerminal> screen(InstanceName name) {
    var screen = new CompletableFuture<@Nullable ChildTerminal>();
    loop.post(() -> {
      ManagedInstance instance = instances.get(name);
      screen.complete(instance == null ? null : instance.screen());
    });
    return screen;
  }

  /** Sets the size of every instance's terminal. */
  public void resize(WindowSize size) {
    loop.post(() -> instances.values().forEach(instance -> instance.resize(size)));
  }

  /**
   * Ends everything: SIGTERM to every group, SIGKILL after the grace period. Further calls have no
   * effect.
   *
   * @return completes when no process of the app is left, or, two seconds after the last SIGKILL,
   *     with those that could not be ended
   */
  public CompletionStage<List<Survivor>> shutdown() {
    loop.post(() -> endAll(Order.STOP));
    return ended;
  }

  /** Ends everything at once: SIGKILL to every process. */
  public void kill() {
    loop.post(() -> {
      killing = true;
      escaped.killNow();
      endAll(Order.KILL);
    });
  }

  private void endAll(Order order) {
    if (shutdownAt == null) shutdownAt = loop.nanoTime();
    effects.cancelDrains();
    if (order == Order.STOP) {
      ordered.stopAll(shutdownAt);
      endIfNothingIsLeft();
      return;
    }
    for (ManagedInstance instance : List.copyOf(instances.values())) {
      take(instance, lifecycle.on(instance.instance(), order));
    }
    endIfNothingIsLeft();
  }

  /** The rest of the grace period; all of it while the app is not ending. */
  Duration graceLeft() {
    return ordered.graceLeft();
  }

  /** The start order of the formation; on the manager's thread. */
  StartOrder order() {
    return formation.order();
  }

  /** Reports that a line of an instance's output shows that it is ready. Any thread. */
  public void lineFound(InstanceName name) {
    loop.post(() -> {
      ManagedInstance instance = instances.get(name);
      if (instance != null) effects.lineFound(instance);
    });
  }

  /** Whether the app may end without these processes, which survive SIGKILL. */
  boolean abandons(@Nullable InstanceName instance, List<LiveProcess> remaining) {
    if (shutdownAt == null) return false;
    remaining.forEach(it -> survivors.putIfAbsent(it.pid(), new Survivor(instance, it)));
    return true;
  }

  private void order(ManagedInstance instance, Order order) {
    if (shutdownAt == null) take(instance, lifecycle.on(instance.instance(), order));
  }

  /** Handles an observation of a process; on the manager's thread. */
  void observed(ManagedInstance instance, Observation observation) {
    take(instance, lifecycle.on(instance.instance(), observation));
    if (killing) take(instance, lifecycle.on(instance.instance(), Order.KILL));
  }

  /** Applies a step to an instance and performs its effects; on the manager's thread. */
  void take(ManagedInstance instance, Lifecycle.Step decided) {
    Lifecycle.Step step = ordered.holdBack(instance, decided);
    ProcessState before = instance.state();
    ProcessState now = step.next().state();
    boolean isPending = instance.instance(step.next(), loop.nanoTime());
    boolean isOther = !now.isSame(before);
    if (isOther) {
      int port = instance.spec().port();
      tell(instance, new ProcessEvent.Changed(instance.name(), port, before, now));
    }
    step.effects().forEach(effect -> effects.run(instance, effect));
    if (isOther) ordered.changed(instance, isPending);
    endIfNothingIsLeft();
  }

  /** Publishes the snapshot after an event, then calls the listeners. */
  void tell(ManagedInstance instance, ProcessEvent event) {
    snapshots.publish(instance.snapshotAfter(event, loop.nanoTime()));
    for (ProcessEvent.Listener listener : new ArrayList<>(listeners)) listener.onEvent(event);
  }

  private void endIfNothingIsLeft() {
    Long since = shutdownAt;
    if (since == null || instances.values().stream().anyMatch(it -> it.state().isAlive())) return;
    escaped.end(
        since,
        remaining -> {
          abandons(null, remaining);
          ended.complete(List.copyOf(survivors.values()));
        });
  }

  /** Ends the threads; to be called after shutdown is complete. */
  @Override
  public void close() {
    effects.close();
    loop.close();
    closed.complete(null);
  }
}
