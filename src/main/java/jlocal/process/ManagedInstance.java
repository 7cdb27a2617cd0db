package jlocal.process;

import jlocal.formation.InstanceName;
import jlocal.formation.ProcessSpec;
import jlocal.os.Screen;
import jlocal.os.WindowSize;
import org.jspecify.annotations.Nullable;

/**
 * An instance under the manager: what it should run, its state, its present process and what became
 * of the earlier ones. On the manager's thread.
 */
final class ManagedInstance {
  private ProcessSpec spec;
  private Instance instance = Instance.initial();
  private @Nullable ManagedProcess process;
  private @Nullable Long stopOrderedAt;
  private InstanceSnapshot snapshot;

  ManagedInstance(ProcessSpec spec) {
    this.spec = spec;
    snapshot = InstanceSnapshot.unknown(spec.name());
  }

  InstanceName name() {
    return spec.name();
  }

  ProcessSpec spec() {
    return spec;
  }

  void spec(ProcessSpec next) {
    spec = next;
  }

  Instance instance() {
    return instance;
  }

  void instance(Instance next) {
    instance = next;
  }

  ProcessState state() {
    return instance.state();
  }

  /**
   * What an order of a person means now: a STOP that is given again kills.
   *
   * @param now in nanoseconds, on a monotonic clock
   */
  Order ordered(Order order, long now) {
    if (order != Order.STOP) {
      stopOrderedAt = null;
      return order;
    }
    boolean isStopping = !instance.wanted() && state() instanceof ProcessState.Stopping;
    if (stopOrderedAt == null || !isStopping) {
      stopOrderedAt = now;
      return Order.STOP;
    }
    return Order.isStopRepeated(stopOrderedAt, now) ? Order.KILL : Order.STOP;
  }

  /** Whether a person ordered it to stop, in contrast to the end of the app or a restart. */
  boolean isStopOrdered() {
    return stopOrderedAt != null && !instance.wanted();
  }

  void process(ManagedProcess next) {
    process = next;
  }

  /** The process with this number; null when it is not the present one. */
  @Nullable ManagedProcess process(int generation) {
    return process != null && process.generation() == generation ? process : null;
  }

  /** Whether this is its present process and has not ended. */
  boolean isPresent(ManagedProcess candidate) {
    return process == candidate
        && instance.generation() == candidate.generation()
        && state().isAlive();
  }

  @Nullable Screen screen() {
    return process == null ? null : process.child().screen();
  }

  void resize(WindowSize size) {
    if (process != null) process.child().resize(size);
  }

  /** The snapshot after an event of this instance. */
  InstanceSnapshot snapshotAfter(ProcessEvent event, long now) {
    var old = snapshot;
    boolean changed = event instanceof ProcessEvent.Changed;
    boolean restarted =
        old.state() instanceof ProcessState.Backoff && state() instanceof ProcessState.Spawning;
    boolean failed = event instanceof ProcessEvent.NotStarted || isCrash(event);
    boolean recovered = event instanceof ProcessEvent.BecameUp;
    snapshot =
        new InstanceSnapshot(
            name(),
            spec.port(),
            instance.wanted(),
            instance.generation(),
            state(),
            event instanceof ProcessEvent.Started ? now : old.startedAt(),
            restarted ? old.restarts() + 1 : old.restarts(),
            isEnd(event) ? event : old.lastEnd(),
            failed ? instance.generation() : recovered ? 0 : old.failedGeneration(),
            failed ? event : recovered ? null : old.failure(),
            isRemark(event) ? event : changed ? null : old.remark());
    return snapshot;
  }

  private static boolean isCrash(ProcessEvent event) {
    return event instanceof ProcessEvent.Exited exited
        && !exited.asked()
        && !exited.status().isClean();
  }

  private static boolean isEnd(ProcessEvent event) {
    return event instanceof ProcessEvent.Exited || event instanceof ProcessEvent.NotStarted;
  }

  private static boolean isRemark(ProcessEvent event) {
    return event instanceof ProcessEvent.NotListening
        || event instanceof ProcessEvent.BackgroundProcesses
        || event instanceof ProcessEvent.Unkillable;
  }
}
