package jlocal.app;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jlocal.formation.InstanceName;
import jlocal.logs.Announcer;
import jlocal.process.ProcessEvent;

/** How all instances stand; threads can wait here until they stand otherwise. */
final class Roster implements ProcessEvent.Listener {
  private final Map<InstanceName, Standing> standings = new LinkedHashMap<>();
  private boolean closed;

  @Override
  public synchronized void onEvent(ProcessEvent event) {
    standings.put(event.name(), after(event, of(event.name())));
    notifyAll();
  }

  private static Standing after(ProcessEvent event, Standing it) {
    return switch (event) {
      case ProcessEvent.Changed(_, var port, _, var now) -> it.now(port, now);
      case ProcessEvent.Started _ -> it.started(System.nanoTime());
      case ProcessEvent.Exited exited -> {
        Standing ended = it.exited(exited.status().sentence());
        boolean crash = !exited.asked() && !exited.status().isClean();
        yield crash ? ended.failed(it.lives(), sentence(exited)) : ended;
      }
      case ProcessEvent.NotStarted failed ->
          it.failed(it.lives() + 1, sentence(failed)).exited("not started: " + failed.why());
      case ProcessEvent.NotListening silent -> it.remarked(sentence(silent));
      case ProcessEvent.BackgroundProcesses left -> it.remarked(sentence(left));
      case ProcessEvent.Unkillable stuck -> it.remarked(sentence(stuck));
      case ProcessEvent.BecameUp _ -> it.failed(0, "");
      case ProcessEvent.CommandMissing _,
          ProcessEvent.Restarting _,
          ProcessEvent.GaveUp _,
          ProcessEvent.SlowToStop _,
          ProcessEvent.Killed _ ->
          it;
    };
  }

  private static String sentence(ProcessEvent event) {
    return String.join("; ", Announcer.sentences(event));
  }

  synchronized Standing of(InstanceName name) {
    return standings.getOrDefault(name, Standing.UNBORN);
  }

  /** The instances of which something is alive, in the order they were first heard of. */
  synchronized List<InstanceName> alive() {
    return standings.entrySet().stream()
        .filter(entry -> entry.getValue().state().isAlive())
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * What comes of the process with this number, or a later one; PENDING when the app ends first.
   *
   * @param boot how long a process may take to come up; zero for ever
   */
  synchronized Outcome outcome(InstanceName name, int life, Duration boot) {
    try {
      while (true) {
        Standing now = of(name);
        Outcome outcome = now.of(life);
        if (!outcome.equals(Outcome.PENDING) || closed) return outcome;
        Duration left = now.lives() < life ? null : now.timeToBoot(System.nanoTime(), boot);
        if (left != null && !left.isPositive()) return new Outcome.Late(now.remark());
        wait(left == null ? 0 : left.toMillis() + 1);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Outcome.PENDING;
    }
  }

  /** Waits until nothing of it runs and nothing will by itself, or it cannot be ended. */
  synchronized void awaitRest(InstanceName name) {
    try {
      while (!of(name).isAtRest() && !of(name).isStuck() && !closed) wait();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Nothing will change any more: nobody waits longer. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
