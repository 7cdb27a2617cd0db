package jlocal.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import jlocal.os.Child;
import jlocal.os.LiveProcess;
import jlocal.os.Signal;
import org.jspecify.annotations.Nullable;

/** Carries out what the lifecycle wants done, and brings back the news; on the manager's thread. */
final class Staff implements AutoCloseable {
  /** How long those who outlive a crashed leader may finish what they do. */
  private static final Duration LINGER = Duration.ofSeconds(1);

  /** After this long a person is told who holds up the end. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** A request that takes longer is cut off when its instance is stopped. */
  private static final Duration DRAIN = Duration.ofSeconds(10);

  /** A process that SIGKILL reaches is gone long before. */
  static final Duration KILL_TIMEOUT = Duration.ofSeconds(2);

  private final Mailbox mailbox;
  private final Hatchery hatchery;
  private final Duration grace;
  private final ProcessManager manager;
  private final Readiness readiness;
  private final Deathbed deathbed;
  private final CompletableFuture<Void> noMoreLeave = new CompletableFuture<>();
  private volatile LeaveTaking leaveTaking = LeaveTaking.NONE;

  Staff(Mailbox mailbox, Hatchery hatchery, Duration grace, ProcessManager manager) {
    this.mailbox = mailbox;
    this.hatchery = hatchery;
    this.grace = grace;
    this.manager = manager;
    this.readiness = new Readiness(mailbox, manager);
    this.deathbed = new Deathbed(mailbox, hatchery, manager);
  }

  void takeLeaveBy(LeaveTaking way) {
    leaveTaking = way;
  }

  /** Whoever is taking leave is told to end now, and so is everybody from now on. */
  void cutLeaveShort() {
    noMoreLeave.complete(null);
  }

  void carryOut(Slot slot, Effect effect) {
    switch (effect) {
      case Effect.Spawn(var life) ->
          hatchery.hatch(slot.spec(), born -> mailbox.post(() -> born(slot, life, born)));
      case Effect.Terminate(var life, _) -> terminate(slot, life);
      case Effect.Kill(var life, _) -> kill(slot, life);
      case Effect.Linger(var life) ->
          mailbox.after(LINGER, () -> manager.news(slot, new News.LingerOver(life)));
      case Effect.CoolOff(var life, var delay) -> {
        manager.tell(new ProcessEvent.Restarting(slot.name(), delay, slot.instance().crashes()));
        mailbox.after(delay, () -> manager.news(slot, new News.CoolOffOver(life)));
      }
      case Effect.GiveUp(_, var status, var stillborn) ->
          manager.tell(new ProcessEvent.GaveUp(slot.name(), status, stillborn));
      case Effect.Report(var why) ->
          manager.tell(new ProcessEvent.NotStarted(slot.name(), why, null));
      case Effect.Retry(var life, var why, var delay) -> {
        manager.tell(new ProcessEvent.NotStarted(slot.name(), why, delay));
        mailbox.after(delay, () -> manager.news(slot, new News.CoolOffOver(life)));
      }
    }
  }

  private void born(Slot slot, int number, Hatchery.Hatched hatched) {
    switch (hatched) {
      case Hatchery.Hatched.Stillborn(var why, var temporary) ->
          manager.news(slot, new News.NotSpawned(number, why, temporary));
      case Hatchery.Hatched.Alive(var child) -> {
        var life = new Life(number, child, mailbox.nanoTime());
        slot.life(life);
        var pid = child.pid();
        manager.tell(new ProcessEvent.Started(slot.name(), pid, slot.spec().port()));
        manager.news(slot, new News.Spawned(number, pid));
        deathbed.attend(slot, life, hatchery.outputs().read(slot.name(), child.output()));
        readiness.await(slot, life);
      }
    }
  }

  private void terminate(Slot slot, int number) {
    boolean stopping = slot.instance().state() instanceof ProcessState.Stopping;
    var leave = (stopping ? leaveTaking.of(slot.name()) : LeaveTaking.TAKEN).toCompletableFuture();
    var late = new CompletableFuture<Void>();
    var over = CompletableFuture.anyOf(leave, noMoreLeave, late);
    if (over.isDone()) {
      askToEnd(slot, number);
    } else {
      mailbox.after(DRAIN, () -> late.complete(null));
      var _ = over.whenComplete((_, _) -> mailbox.post(() -> askToEnd(slot, number)));
    }
  }

  private void askToEnd(Slot slot, int number) {
    Child child = childOf(slot, number);
    if (child == null || !slot.instance().state().isAlive()) return;
    child.signal(Signal.TERM);
    child.signal(Signal.CONT); // A stopped process must run to die.
    long since = mailbox.nanoTime();
    mailbox.after(grace, () -> manager.news(slot, new News.GraceOver(number)));
    mailbox.after(PATIENCE, () -> tellWhoHoldsUp(slot, number, since));
  }

  private void tellWhoHoldsUp(Slot slot, int number, long since) {
    Child child = childOf(slot, number);
    if (child == null || slot.instance().life() != number) return;
    if (!(slot.instance().state() instanceof ProcessState.Stopping(_, var pressure))) return;
    if (pressure != ProcessState.Pressure.TERMINATED) return;
    Duration left = grace.minusNanos(mailbox.nanoTime() - since);
    child.remaining().stream()
        .findFirst()
        .map(process -> new ProcessEvent.HoldsUp(slot.name(), process, left, slot.isStopOrdered()))
        .ifPresent(manager::tell);
    mailbox.after(PATIENCE.multipliedBy(5), () -> tellWhoHoldsUp(slot, number, since));
  }

  private void kill(Slot slot, int number) {
    Child child = childOf(slot, number);
    if (child == null) return;
    var killed = child.remaining().stream().filter(LiveProcess::signalAllowed).findFirst();
    child.signal(Signal.KILL);
    killed.map(it -> new ProcessEvent.Killed(slot.name(), it)).ifPresent(manager::tell);
    mailbox.after(KILL_TIMEOUT, () -> lookAfterKill(slot, number, false));
  }

  /** SIGKILL does nothing to a process of another user, and to one that waits for a device. */
  private void lookAfterKill(Slot slot, int number, boolean told) {
    Child child = childOf(slot, number);
    boolean isGone = slot.instance().life() != number || !slot.instance().state().isAlive();
    if (child == null || isGone) return;
    List<LiveProcess> remaining = child.remaining();
    if (manager.abandons(slot.name(), remaining)) {
      manager.news(slot, new News.Abandoned(number));
      return;
    }
    if (!told && !remaining.isEmpty()) {
      manager.tell(new ProcessEvent.Unkillable(slot.name(), remaining));
    }
    boolean nowTold = told || !remaining.isEmpty();
    mailbox.after(KILL_TIMEOUT, () -> lookAfterKill(slot, number, nowTold));
  }

  private static @Nullable Child childOf(Slot slot, int number) {
    Life life = slot.life(number);
    return life == null ? null : life.child();
  }

  @Override
  public void close() {
    hatchery.close();
    readiness.close();
  }
}
