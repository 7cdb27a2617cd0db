package jlocal.process;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import jlocal.os.ExitStatus;

/**
 * Sees to it that an instance counts as gone only when its leader has exited, its group is empty
 * and its last words have been read. A pipe that somebody outside the group keeps open is not
 * waited for any longer than the last words need.
 */
final class Deathbed {
  /** What a shell says of a command that is not there. */
  private static final int NOT_FOUND = 127;

  private static final Duration LAST_WORDS = Duration.ofMillis(500);
  private static final Duration SHORTEST = Duration.ofMillis(20);
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final Mailbox mailbox;
  private final ProcessManager manager;
  private final Hatchery hatchery;

  Deathbed(Mailbox mailbox, Hatchery hatchery, ProcessManager manager) {
    this.mailbox = mailbox;
    this.hatchery = hatchery;
    this.manager = manager;
  }

  void attend(Slot slot, Life life, CompletionStage<Void> drained) {
    drained.whenComplete((_, _) -> mailbox.post(() -> drained(slot, life)));
    life.child().exit().thenAccept(status -> mailbox.post(() -> exited(slot, life, status)));
  }

  private void drained(Slot slot, Life life) {
    life.drained();
    if (life.status() != null) look(slot, life);
  }

  private void exited(Slot slot, Life life, ExitStatus status) {
    life.exited(status, mailbox.nanoTime());
    manager.news(slot, new News.Exited(life.number(), status));
    if (status.isClean()) mailbox.after(LONGEST, () -> tellWhoWasLeft(slot, life, status));
    watch(slot, life);
  }

  private void tellWhoWasLeft(Slot slot, Life life, ExitStatus status) {
    boolean lingers = slot.instance().state() instanceof ProcessState.Lingering;
    if (slot.life(life.number()) == life && lingers) {
      manager.tell(new ProcessEvent.LeftBehind(slot.name(), status));
    }
  }

  private void watch(Slot slot, Life life) {
    if (look(slot, life)) return;
    Duration waited = life.sinceExit(mailbox.nanoTime()).dividedBy(10);
    Duration pause = waited.compareTo(SHORTEST) < 0 ? SHORTEST : waited;
    mailbox.after(pause.compareTo(LONGEST) > 0 ? LONGEST : pause, () -> watch(slot, life));
  }

  /** Whether there is nothing more to wait for. */
  private boolean look(Slot slot, Life life) {
    ExitStatus status = life.status();
    if (slot.life(life.number()) != life || status == null || isOver(slot, life)) return true;
    if (life.child().groupAlive()) return false;
    long now = mailbox.nanoTime();
    life.emptied(now);
    if (!life.isDrained() && life.sinceEmptied(now).compareTo(LAST_WORDS) < 0) return false;
    boolean asked = slot.instance().state() instanceof ProcessState.Stopping;
    manager.tell(
        new ProcessEvent.Exited(slot.name(), life.child().pid(), status, life.lived(), asked));
    if (status.shellStatus() == NOT_FOUND && !asked) tellWhatIsMissing(slot);
    manager.news(slot, new News.Gone(life.number(), life.up()));
    return true;
  }

  private void tellWhatIsMissing(Slot slot) {
    String why = hatchery.missing(slot.spec());
    if (why != null) manager.tell(new ProcessEvent.CommandMissing(slot.name(), why));
  }

  private static boolean isOver(Slot slot, Life life) {
    return slot.instance().life() != life.number() || !slot.instance().state().isAlive();
  }
}
