package jlocal.app;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import jlocal.control.Reply;
import jlocal.formation.Formation;
import jlocal.formation.InstanceName;
import jlocal.process.InstanceSnapshot;
import jlocal.process.Order;
import jlocal.process.ProcessEvent;
import jlocal.process.ProcessManager;
import jlocal.process.ProcessState;
import jlocal.router.Traffic;

/**
 * Puts the app to sleep, and wakes it at the next request or order. As with Heroku's Eco dynos, all
 * types sleep when web does. Any thread; nothing blocks.
 */
final class SleepControl implements ProcessEvent.Listener {
  private final ProcessManager manager;
  private final Consumer<String> say;
  private final Consumer<Set<InstanceName>> onRemoved;
  private final AtomicInteger starts = new AtomicInteger();
  private final Set<InstanceName> reloaded = ConcurrentHashMap.newKeySet();
  private volatile SleepingInstances sleeping = SleepingInstances.NONE;

  /** Creates it for an awake app; {@code onRemoved} gets instances that no request wakes. */
  SleepControl(
      ProcessManager manager, Consumer<String> say, Consumer<Set<InstanceName>> onRemoved) {
    this.manager = manager;
    this.say = say;
    this.onRemoved = onRemoved;
  }

  /** Whether the app sleeps. */
  boolean isSleeping() {
    return !sleeping.isEmpty();
  }

  /** Whether an instance is stopped only until the next request. */
  boolean has(InstanceName name) {
    return sleeping.names().contains(name);
  }

  /** Returns how often an instance was started by order. */
  int starts() {
    return starts.get();
  }

  /**
   * Stops all running instances until the next request.
   *
   * @param traffic of the router: with an open request the app stays awake
   */
  synchronized Reply sleep(Formation formation, Supplier<Traffic> traffic) {
    if (!sleeping.isEmpty()) return new Reply.Refused("the app is already asleep", "");
    List<InstanceSnapshot> now =
        formation.order().sorted(formation.specs().keySet()).stream()
            .map(manager.snapshots()::of)
            .toList();
    SleepingInstances next = SleepingInstances.of(now);
    if (next.isEmpty()) return new Reply.Refused("web is not running", "");
    // A later request waits and wakes the app; an earlier one is counted here.
    sleeping = next;
    if (traffic.get().open() > 0) {
      sleeping = SleepingInstances.NONE;
      return new Reply.Refused("a request is open", "");
    }
    for (InstanceSnapshot each : now) {
      if (!next.names().contains(each.name())) continue;
      say.accept(each.name() + ": Idling");
      say.accept("%s: State changed from %s to down".formatted(each.name(), each.state().word()));
    }
    next.names().reversed().forEach(name -> manager.order(name, Order.STOP));
    return new Reply.Done(List.of());
  }

  /** Restarts the sleeping instances. Instances that are still stopping start after their end. */
  void wake() {
    if (sleeping.isEmpty()) return; // Also called for requests that wait while the app is awake.
    synchronized (this) {
      for (InstanceName name : sleeping.names()) {
        say.accept(name + ": Unidling");
        say.accept(name + ": State changed from down to starting");
        manager.order(name, Order.START);
      }
      sleeping = SleepingInstances.NONE;
    }
  }

  /** Removes instances that the user stopped, so that they are not woken. */
  void stopped(Collection<InstanceName> names) {
    remove(names::contains);
  }

  private synchronized void remove(Predicate<InstanceName> isGone) {
    Set<InstanceName> before = sleeping.names();
    sleeping = sleeping.without(isGone);
    var gone = new LinkedHashSet<>(before);
    gone.removeAll(sleeping.names());
    onRemoved.accept(gone);
  }

  /** Handles a reload, which starts changed instances that have ended; the others sleep on. */
  void reloads(Collection<InstanceName> changed) {
    if (sleeping.isEmpty()) return;
    for (InstanceName name : changed) {
      if (manager.snapshots().of(name).state() instanceof ProcessState.Ended) reloaded.add(name);
    }
  }

  /** Adapts to a new formation: removed instances are not woken; without web nothing sleeps. */
  synchronized void retain(Formation next) {
    remove(name -> !next.has(name));
    if (!sleeping.hasWeb()) wake();
  }

  @Override
  public void onEvent(ProcessEvent event) {
    if (!SleepingInstances.isStart(event)) return;
    if (event instanceof ProcessEvent.Changed changed && reloaded.remove(changed.name())) return;
    starts.incrementAndGet();
    wake();
  }
}
