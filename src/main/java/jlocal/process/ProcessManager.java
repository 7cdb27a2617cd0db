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
import jlocal.os.LiveProcess;
import jlocal.os.Screen;
import jlocal.os.Strays;
import jlocal.os.WindowSize;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a formation running. One thread owns every instance: orders and news come to it as letters,
 * the lifecycle decides, and it carries out what was decided. All methods return at once and may be
 * called from any thread.
 */
public final class ProcessManager implements AutoCloseable {
  private final ThreadMailbox mailbox = new ThreadMailbox();
  private final SequencedMap<InstanceName, Slot> slots = new LinkedHashMap<>();
  private final List<ProcessListener> listeners = new CopyOnWriteArrayList<>();
  private final CompletableFuture<List<Survivor>> ended = new CompletableFuture<>();
  private final SequencedMap<Long, Survivor> survivors = new LinkedHashMap<>();
  private final Lifecycle lifecycle;
  private final Staff staff;
  private final Sweep sweep;
  private Formation formation = new Formation(new LinkedHashMap<>());
  private boolean closing;
  private long shutdownAt;
  private boolean killing;

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

  /** What an instance may still do before it is told to end; to be said before anything runs. */
  public void takeLeaveBy(LeaveTaking way) {
    staff.takeLeaveBy(way);
  }

  /**
   * Makes this what runs: starts what is new, stops what is not in it any more, restarts what
   * changed. What a person stopped stays so, and what ended by itself does unless it changed.
   */
  public void apply(Formation next) {
    mailbox.post(() -> {
      Formation before = formation;
      formation = next;
      for (Slot slot : List.copyOf(slots.values())) {
        if (!before.has(slot.name()) || next.has(slot.name())) continue;
        take(slot, lifecycle.on(slot.instance(), Order.STOP));
      }
      next.specs().values().forEach(spec -> apply(spec, !before.has(spec.name())));
    });
  }

  private void apply(ProcessSpec spec, boolean isNew) {
    Slot slot = slots.get(spec.name());
    if (slot == null) {
      slot = new Slot(spec);
      slots.put(spec.name(), slot);
    }
    boolean changed = !isNew && !slot.spec().equals(spec);
    slot.spec(spec);
    if (isNew) order(slot, Order.START);
    else if (changed && !slot.instance().isPutDown()) order(slot, Order.RESTART);
  }

  /**
   * Gives an order to one instance; one that is not in the formation is ignored. STOP given again,
   * a second later or more, kills.
   */
  public void order(InstanceName name, Order order) {
    mailbox.post(() -> {
      Slot slot = slots.get(name);
      if (slot == null || !formation.has(name)) return;
      order(slot, slot.ordered(order, mailbox.nanoTime()));
    });
  }

  /** Gives an order to every instance of the formation. */
  public void orderAll(Order order) {
    mailbox.post(() -> formation.specs().keySet().forEach(name -> order(name, order)));
  }

  /** Completes when all that has happened until now was told to the listeners. */
  public CompletionStage<Void> caughtUp() {
    var caughtUp = new CompletableFuture<Void>();
    mailbox.post(() -> caughtUp.complete(null));
    return caughtUp;
  }

  /** The terminal of an instance's process; null when there is no process, or no terminal. */
  public CompletionStage<@Nullable Screen> screen(InstanceName name) {
    var screen = new CompletableFuture<@Nullable Screen>();
    mailbox.post(() -> {
      Slot slot = slots.get(name);
      screen.complete(slot == null ? null : slot.screen());
    });
    return screen;
  }

  /** Tells every instance that has a terminal how much it shows now. */
  public void resize(WindowSize size) {
    mailbox.post(() -> slots.values().forEach(slot -> slot.resize(size)));
  }

  /**
   * Ends everything: TERM to every group, KILL after the grace period. Called again it only
   * returns.
   *
   * @return completes when no process of the app is left, or, two seconds after the last KILL, with
   *     those that cannot be ended
   */
  public CompletionStage<List<Survivor>> shutdown() {
    mailbox.post(() -> {
      begin();
      staff.cutLeaveShort();
      orderEach(Order.STOP);
    });
    return ended;
  }

  /** Ends everything at once: KILL to whatever is left. */
  public void kill() {
    mailbox.post(() -> {
      begin();
      killing = true;
      staff.cutLeaveShort();
      sweep.insist();
      orderEach(Order.KILL);
    });
  }

  private void begin() {
    if (!closing) shutdownAt = mailbox.nanoTime();
    closing = true;
  }

  /** Whether the end of the app does without these, which survive SIGKILL. */
  boolean abandons(@Nullable InstanceName instance, List<LiveProcess> remaining) {
    if (!closing) return false;
    remaining.forEach(it -> survivors.putIfAbsent(it.pid(), new Survivor(instance, it)));
    return true;
  }

  private void orderEach(Order order) {
    for (Slot slot : List.copyOf(slots.values())) {
      take(slot, lifecycle.on(slot.instance(), order));
    }
    endIfNothingIsLeft();
  }

  private void order(Slot slot, Order order) {
    if (!closing) take(slot, lifecycle.on(slot.instance(), order));
  }

  /** What happened to a process; on the manager's thread. */
  void news(Slot slot, News news) {
    take(slot, lifecycle.on(slot.instance(), news));
    if (killing) take(slot, lifecycle.on(slot.instance(), Order.KILL));
  }

  private void take(Slot slot, Lifecycle.Step step) {
    ProcessState before = slot.instance().state();
    ProcessState now = step.next().state();
    slot.instance(step.next());
    boolean changed = before.getClass() != now.getClass() || !before.equals(now);
    if (changed) tell(new ProcessEvent.Changed(slot.name(), slot.spec().port(), before, now));
    step.effects().forEach(effect -> staff.carryOut(slot, effect));
    if (!formation.has(slot.name()) && !step.next().state().isAlive()) slots.remove(slot.name());
    endIfNothingIsLeft();
  }

  void tell(ProcessEvent event) {
    for (ProcessListener listener : new ArrayList<>(listeners)) listener.onEvent(event);
  }

  private void endIfNothingIsLeft() {
    boolean anyLeft = slots.values().stream().anyMatch(s -> s.instance().state().isAlive());
    if (!closing || anyLeft || sweep.isUnderWay()) return;
    sweep.start(
        shutdownAt,
        strays -> {
          abandons(null, strays);
          ended.complete(List.copyOf(survivors.values()));
        });
  }

  /** Ends the thread; to be called when nothing is left. */
  @Override
  public void close() {
    staff.close();
    mailbox.close();
  }
}
