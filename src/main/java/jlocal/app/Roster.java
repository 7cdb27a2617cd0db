package jlocal.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import jlocal.formation.InstanceName;
import jlocal.logs.Announcer;
import jlocal.process.ProcessEvent;
import jlocal.process.ProcessListener;
import org.jspecify.annotations.Nullable;

/** How all instances stand; threads can wait here until they stand otherwise. */
final class Roster implements ProcessListener {
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
      case ProcessEvent.NotListening silent -> it.failed(it.lives(), sentence(silent));
      case ProcessEvent.BecameUp _ -> it.failed(0, "");
      case ProcessEvent.CommandMissing _,
          ProcessEvent.LeftBehind _,
          ProcessEvent.Restarting _,
          ProcessEvent.GaveUp _,
          ProcessEvent.HoldsUp _,
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
   */
  Outcome outcome(InstanceName name, int life) {
    Predicate<Outcome> known = outcome -> !outcome.equals(Outcome.PENDING);
    Outcome outcome = await(() -> of(name).of(life), known);
    return outcome == null ? Outcome.PENDING : outcome;
  }

  /** Waits until nothing of it runs and nothing will by itself. */
  void awaitRest(InstanceName name) {
    var _ = await(() -> of(name), Standing::isAtRest);
  }

  private synchronized <T> @Nullable T await(Supplier<T> value, Predicate<T> enough) {
    try {
      T now = value.get();
      while (!enough.test(now) && !closed) {
        wait();
        now = value.get();
      }
      return enough.test(now) ? now : null;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** Nothing will change any more: nobody waits longer. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
