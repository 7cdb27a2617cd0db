package jlocal.process;

import java.time.Duration;
import java.util.SortedSet;
import java.util.concurrent.ExecutorService;
import jlocal.os.Listeners;
import jlocal.os.Ports;
import jlocal.os.Threads;
import jlocal.procfile.ProcessType;

/** Finds out when an instance is up: web once its PORT accepts, any other once it lived 1 s. */
final class Readiness implements AutoCloseable {
  private static final Duration PROVEN = Duration.ofSeconds(1);
  private static final Duration CONNECT = Duration.ofMillis(200);
  private static final Duration OFTEN = Duration.ofMillis(25);
  private static final Duration SELDOM = Duration.ofMillis(250);
  private static final Duration HURRY = Duration.ofSeconds(30);
  private static final Duration SUSPICIOUS = Duration.ofSeconds(20);

  private final Mailbox mailbox;
  private final ProcessManager manager;
  private final ExecutorService threads = Threads.prepared(2, "readiness");

  Readiness(Mailbox mailbox, ProcessManager manager) {
    this.mailbox = mailbox;
    this.manager = manager;
  }

  void await(Slot slot, Life life) {
    if (slot.name().type().equals(ProcessType.WEB)) {
      probe(slot, life);
      mailbox.after(SUSPICIOUS, () -> askWhatItOpened(slot, life));
    } else {
      mailbox.after(PROVEN, () -> ready(slot, life));
    }
  }

  private void probe(Slot slot, Life life) {
    if (!isStarting(slot, life)) return;
    int port = slot.spec().port();
    threads.execute(() -> {
      boolean open = Ports.accepts(port, CONNECT);
      mailbox.post(() -> probed(slot, life, open));
    });
  }

  private void probed(Slot slot, Life life, boolean open) {
    if (open) {
      ready(slot, life);
    } else {
      mailbox.after(pause(life.age(mailbox.nanoTime())), () -> probe(slot, life));
    }
  }

  /** Often while requests may wait for it, as long as the router lets them; then cheap. */
  private static Duration pause(Duration age) {
    return age.compareTo(HURRY) < 0 ? OFTEN : SELDOM;
  }

  private void ready(Slot slot, Life life) {
    if (!isStarting(slot, life)) return;
    long now = mailbox.nanoTime();
    life.up(now);
    manager.news(slot, new News.Ready(life.number()));
    manager.tell(new ProcessEvent.BecameUp(slot.name(), life.age(now)));
  }

  private void askWhatItOpened(Slot slot, Life life) {
    if (!isStarting(slot, life)) return;
    long group = life.child().pid();
    threads.execute(() -> {
      SortedSet<Integer> opened = Listeners.portsOfGroup(group);
      mailbox.post(() -> tellIfStillSilent(slot, life, opened));
    });
  }

  private void tellIfStillSilent(Slot slot, Life life, SortedSet<Integer> opened) {
    if (!isStarting(slot, life)) return;
    manager.tell(new ProcessEvent.NotListening(slot.name(), slot.spec().port(), opened));
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private static boolean isStarting(Slot slot, Life life) {
    return slot.life(life.number()) == life
        && life.status() == null
        && slot.instance().life() == life.number()
        && slot.instance().state() instanceof ProcessState.Starting;
  }
}
