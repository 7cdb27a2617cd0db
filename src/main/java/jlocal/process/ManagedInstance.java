package jlocal.process;

import java.time.Duration;
import java.util.List;
import jlocal.formation.InstanceName;
import jlocal.formation.ProcessSpec;
import jlocal.os.ChildTerminal;
import jlocal.os.WindowSize;
import org.jspecify.annotations.Nullable;

/**
 * An instance of the manager: its specification, state, current process and history. On the
 * manager's thread.
 */
final class ManagedInstance {
  private ProcessSpec spec;
  private Instance instance = Instance.initial();
  private @Nullable ManagedProcess process;
  private @Nullable Long stopOrderedAt;
  private @Nullable Long pendingSince;
  private List<InstanceName> blockers = List.of();
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

  /**
   * Sets its state.
   *
   * @param now in nanoseconds, on a monotonic clock
   * @return whether it has just begun to get ready
   */
  boolean instance(Instance next, long now) {
    boolean was = pendingSince != null && !(instance.state() instanceof ProcessState.Waiting);
    boolean is = StartGate.isPending(next);
    if (is && !was) pendingSince = now;
    if (!is) pendingSince = null;
    instance = next;
    return is && !was;
  }

  /** Returns its view for the start order. */
  StartGate.Member member(long now) {
    Duration pending = pendingSince == null ? Duration.ZERO : Duration.ofNanos(now - pendingSince);
    return new StartGate.Member(name(), instance, pending);
  }

  /** Returns the event that it is not ready, although these are being started. */
  ProcessEvent notReady(List<InstanceName> started, String wanted, long now) {
    Duration pending = member(now).pending();
    String why =
        switch (state()) {
          case ProcessState.Down _ -> "it is stopped";
          case ProcessState.Ended(var status) -> status.sentence();
          case ProcessState _ when instance.neverUp() >= StartGate.CRASH_LIMIT ->
              "it has exited %d times without becoming ready".formatted(instance.neverUp());
          default -> pending.toSeconds() + " s were not enough for " + wanted;
        };
    return new ProcessEvent.NotReady(name(), why, started);
  }

  /** The instances it waits for; empty if it does not wait. */
  List<InstanceName> blockers() {
    return blockers;
  }

  void blockers(List<InstanceName> names) {
    blockers = names;
  }

  ProcessState state() {
    return instance.state();
  }

  /**
   * Returns the effective order: a repeated STOP by the user kills.
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

  /** Whether the user ordered it to stop, rather than the end of the app or a restart. */
  boolean isStopOrdered() {
    return stopOrderedAt != null && !instance.wanted();
  }

  void process(ManagedProcess next) {
    process = next;
  }

  /** Returns its current process if it has this number, else null. */
  @Nullable ManagedProcess process(int generation) {
    return process != null && process.generation() == generation ? process : null;
  }

  /** Whether this is its current process and has not ended. */
  boolean isPresent(ManagedProcess candidate) {
    return process == candidate
        && instance.generation() == candidate.generation()
        && state().isAlive();
  }

  @Nullable ChildTerminal screen() {
    return process == null ? null : process.child().screen();
  }

  void resize(WindowSize size) {
    if (process != null) process.child().resize(size);
  }

  InstanceSnapshot snapshotAfter(ProcessEvent event, long now) {
    var old = snapshot;
    boolean changed = event instanceof ProcessEvent.Changed;
    boolean isComing =
        state() instanceof ProcessState.Spawning || state() instanceof ProcessState.Waiting;
    boolean restarted = changed && isComing && old.state() instanceof ProcessState.Backoff;
    boolean failed = event instanceof ProcessEvent.NotStarted || isCrash(event);
    boolean ordered =
        changed && isComing && instance.crashes() == 0; // Earlier failures no longer count.
    boolean recovered = ordered || event instanceof ProcessEvent.BecameUp;
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
            isRemark(event) ? event : changed ? null : old.remark(),
            process != null && isPresent(process) ? process.listensOn() : 0);
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
    return event instanceof ProcessEvent.BecameUp
        || event instanceof ProcessEvent.Waiting
        || event instanceof ProcessEvent.NotReady
        || event instanceof ProcessEvent.Notified
        || event instanceof ProcessEvent.NotListening
        || event instanceof ProcessEvent.PortFound
        || event instanceof ProcessEvent.BackgroundProcesses
        || event instanceof ProcessEvent.Unkillable;
  }
}
