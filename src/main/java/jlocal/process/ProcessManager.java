package jlocal.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import jlocal.formation.Formation;
import jlocal.formation.InstanceName;
import jlocal.formation.ProcessSpec;
import jlocal.os.Strays;
import jlocal.os.WindowSize;

/**
 * Keeps a formation running. One thread owns every instance: orders and news come to it as letters,
 * the lifecycle decides, and it carries out what was decided. All methods return at once and may be
 * called from any thread.
 */
public final class ProcessManager implements AutoCloseable {
  private final ThreadMailbox mailbox = new ThreadMailbox();
  private final SequencedMap<InstanceName, Slot> slots = new LinkedHashMap<>();
  private final List<ProcessListener> listeners = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Lifecycle lifecycle;
  private final Staff staff;
  private final Sweep sweep;
  private boolean closing;

  /**
   * Makes a manager that runs nothing yet.
   *
   * @param run the processes of this run, for those that leave their group
   */
  public ProcessManager(
      ManagerOptions options,
      Workplace workplace,
      jlocal.os.Spawner spawner,
      OutputReader outputs,
      Strays run) {
    lifecycle = new Lifecycle(options.restart());
    staff = new Staff(mailbox, new Hatchery(workplace, spawner, outputs), options.grace(), this);
    sweep = new Sweep(mailbox, run, options.grace());
    mailbox.start();
  }

  /** Tells the listener of all that happens from now on. */
  public void listen(ProcessListener listener) {
    listeners.add(listener);
  }

  /** Makes this what runs: starts what is missing, stops what is not in it, restarts changes. */
  public void apply(Formation formation) {
    mailbox.post(() -> {
      for (Slot slot : List.copyOf(slots.values())) {
        if (!formation.specs().containsKey(slot.name())) order(slot, Order.STOP);
      }
      formation.specs().values().forEach(this::apply);
    });
  }

  private void apply(ProcessSpec spec) {
    Slot slot = slots.get(spec.name());
    if (slot == null) {
      var born = new Slot(spec);
      slots.put(spec.name(), born);
      order(born, Order.START);
    } else {
      boolean changed = !slot.spec().equals(spec);
      slot.spec(spec);
      order(slot, changed ? Order.RESTART : Order.START);
    }
  }

  /** Gives an order to one instance; an unknown one is ignored. */
  public void order(InstanceName name, Order order) {
    mailbox.post(() -> {
      Slot slot = slots.get(name);
      if (slot != null) order(slot, order);
    });
  }

  /** Gives an order to every instance. */
  public void orderAll(Order order) {
    mailbox.post(() -> List.copyOf(slots.values()).forEach(slot -> order(slot, order)));
  }

  /** Tells every instance that has a terminal how much it shows now. */
  public void resize(WindowSize size) {
    mailbox.post(() -> slots.values().forEach(slot -> slot.resize(size)));
  }

  /**
   * Ends everything: TERM to every group, KILL after the grace. Called again it kills at once.
   *
   * @return completes when no process of the app is left
   */
  public CompletionStage<Void> shutdown() {
    mailbox.post(() -> {
      if (sweep.isUnderWay()) sweep.insist();
      closing = true;
      for (Slot slot : List.copyOf(slots.values())) {
        take(slot, lifecycle.on(slot.instance(), Order.STOP));
      }
      endIfNothingIsLeft();
    });
    return ended;
  }

  private void order(Slot slot, Order order) {
    if (!closing) take(slot, lifecycle.on(slot.instance(), order));
  }

  /** What happened to a process; on the manager's thread. */
  void news(Slot slot, News news) {
    take(slot, lifecycle.on(slot.instance(), news));
  }

  private void take(Slot slot, Lifecycle.Step step) {
    ProcessState before = slot.instance().state();
    ProcessState now = step.next().state();
    slot.instance(step.next());
    boolean changed = before.getClass() != now.getClass() || !before.equals(now);
    if (changed) tell(new ProcessEvent.Changed(slot.name(), slot.spec().port(), before, now));
    step.effects().forEach(effect -> staff.carryOut(slot, effect));
    endIfNothingIsLeft();
  }

  void tell(ProcessEvent event) {
    for (ProcessListener listener : new ArrayList<>(listeners)) listener.onEvent(event);
  }

  private void endIfNothingIsLeft() {
    boolean anyLeft = slots.values().stream().anyMatch(s -> s.instance().state().isAlive());
    if (closing && !anyLeft && !sweep.isUnderWay()) sweep.start(() -> ended.complete(null));
  }

  /** Ends the thread; to be called when nothing is left. */
  @Override
  public void close() {
    staff.close();
    mailbox.close();
  }
}
