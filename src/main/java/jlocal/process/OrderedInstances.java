package jlocal.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import jlocal.formation.InstanceName;
import jlocal.formation.StartOrder;
import jlocal.process.Lifecycle.Observation;
import jlocal.procfile.ProcessType;
import org.jspecify.annotations.Nullable;

/**
 * Starts and stops instances in the order that {@link StartGate} decides. On the manager's thread.
 */
final class OrderedInstances {
  private final ProcessManager manager;
  private final Lifecycle lifecycle;
  private final EventLoop loop;
  private final Collection<ManagedInstance> instances;
  private final Duration grace;
  private @Nullable Long endingSince;
  private List<List<ProcessType>> stopLevels = List.of();

  OrderedInstances(
      ProcessManager manager,
      Lifecycle lifecycle,
      EventLoop loop,
      Collection<ManagedInstance> instances,
      Duration grace) {
    this.manager = manager;
    this.lifecycle = lifecycle;
    this.loop = loop;
    this.instances = instances;
    this.grace = grace;
  }

  private StartOrder order() {
    return manager.order();
  }

  private StartGate gate() {
    long now = loop.nanoTime();
    var members = new ArrayList<StartGate.Member>();
    for (ManagedInstance instance : instances) members.add(instance.member(now));
    return new StartGate(order(), members);
  }

  /** Delays a start until the types it waits for are ready. */
  Lifecycle.Step holdBack(ManagedInstance instance, Lifecycle.Step step) {
    ProcessType type = instance.name().type();
    if (order().rule(type).after().isEmpty() || !step.spawns()) return step;
    List<InstanceName> blockers = gate().blockers(type);
    if (!blockers.isEmpty()) instance.blockers(blockers);
    return blockers.isEmpty() ? step : step.held();
  }

  /**
   * Handles a changed state.
   *
   * @param isPending whether it has just begun to get ready
   */
  void changed(ManagedInstance instance, boolean isPending) {
    if (order().isFlat()) return;
    if (instance.state() instanceof ProcessState.Waiting) {
      manager.tell(instance, new ProcessEvent.Waiting(instance.name(), instance.blockers(), true));
    }
    ProcessType type = instance.name().type();
    Duration timeout = order().rule(type).timeout();
    if (isPending && !timeout.isZero() && order().isAwaited(type)) {
      loop.schedule(timeout, this::releaseWaiting);
    }
    releaseWaiting();
    stopDue();
  }

  /**
   * Starts instances that no longer have to wait, and reports those that are started although
   * something is not ready.
   */
  void releaseWaiting() {
    if (order().isFlat() || endingSince != null) return;
    StartGate gate = gate();
    var released = new ArrayList<ManagedInstance>();
    for (ManagedInstance instance : instances) {
      if (!(instance.state() instanceof ProcessState.Waiting)) continue;
      List<InstanceName> blockers = gate.blockers(instance.name().type());
      if (blockers.isEmpty()) {
        released.add(instance);
      } else if (!blockers.equals(instance.blockers())) {
        instance.blockers(blockers);
        manager.tell(instance, new ProcessEvent.Waiting(instance.name(), blockers, false));
      }
    }
    reportMissing(released);
    released.forEach(instance -> instance.blockers(List.of()));
    for (ManagedInstance instance : released) {
      int generation = instance.instance().generation();
      manager.take(
          instance, lifecycle.on(instance.instance(), new Observation.Released(generation)));
    }
  }

  /** Reports once which awaited instances are not ready. */
  private void reportMissing(List<ManagedInstance> released) {
    for (ManagedInstance each : instances) {
      if (StartGate.isReady(each.instance())) continue;
      var without = new ArrayList<InstanceName>();
      for (ManagedInstance instance : released) {
        if (instance.blockers().contains(each.name())) without.add(instance.name());
      }
      if (without.isEmpty()) continue;
      var readiness = order().rule(each.name().type()).readiness();
      String wanted = readiness.wanted(each.spec().port());
      manager.tell(each, each.notReady(without, wanted, loop.nanoTime()));
    }
  }

  /**
   * Stops all instances, beginning with those that no other needs.
   *
   * @param since when the app began to end
   */
  void stopAll(long since) {
    if (endingSince == null) {
      endingSince = since;
      var alive = new LinkedHashSet<ProcessType>();
      for (ManagedInstance each : instances)
        if (each.state().isAlive()) alive.add(each.name().type());
      stopLevels = order().levels(alive);
      for (int i = 1; i < stopLevels.size(); i++) {
        loop.schedule(Duration.ofNanos(grace.toNanos() * i / stopLevels.size()), this::stopDue);
      }
    }
    stopDue();
  }

  private void stopDue() {
    if (endingSince == null) return;
    Duration ending = Duration.ofNanos(loop.nanoTime() - endingSince);
    var due = new LinkedHashSet<>(gate().stoppable(stopLevels, ending, grace));
    for (ManagedInstance each : List.copyOf(instances)) {
      boolean isWanted = each.instance().wanted(); // The previous one may have stopped it.
      if (isWanted && due.contains(each.name())) {
        manager.take(each, lifecycle.on(each.instance(), Order.STOP));
      }
    }
  }

  /** The rest of the grace period; all of it while the app is not ending. */
  Duration graceLeft() {
    if (endingSince == null) return grace;
    Duration left = grace.minusNanos(loop.nanoTime() - endingSince);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
