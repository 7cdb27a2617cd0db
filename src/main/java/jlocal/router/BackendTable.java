package jlocal.router;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import jlocal.formation.InstanceName;
import jlocal.procfile.ProcessType;
import org.jspecify.annotations.Nullable;

/**
 * Who is there, as the supervisor says, and who waits for a change. The one meeting place of the
 * supervisor's thread and the I/O threads: these read an immutable snapshot, and only a request
 * that has to wait takes the lock.
 */
final class BackendTable {
  /** A request that waits for a change; told on the thread that made it. */
  interface Waiter {
    void changed();
  }

  private final Patience patience;
  private final int places;
  private final Map<ProcessType, AtomicLong> turns = new ConcurrentHashMap<>();
  private final LinkedHashSet<Waiter> waiting = new LinkedHashSet<>();
  private volatile Map<ProcessType, Lineup> lineups = Map.of();

  BackendTable(Patience patience, int places) {
    this.patience = patience;
    this.places = places;
  }

  /** Whom to send a request to. */
  Choice choose(Asking asking) {
    Target target = asking.target();
    long turn = turns.computeIfAbsent(target.type(), type -> new AtomicLong()).getAndIncrement();
    return lineup(target.type()).only(target).choose(turn, asking, patience);
  }

  Lineup lineup(ProcessType type) {
    return lineups.getOrDefault(type, Lineup.EMPTY);
  }

  /** The types that have at least one instance, by name. */
  List<ProcessType> types() {
    return List.copyOf(new TreeMap<>(lineups).keySet());
  }

  /**
   * Waits until something differs from {@code seen}, which may have happened already.
   *
   * @return false when too many wait
   */
  boolean await(Waiter waiter, Lineup seen, ProcessType type) {
    synchronized (waiting) {
      if (lineup(type).equals(seen)) return waiting.size() < places && waiting.add(waiter);
    }
    waiter.changed();
    return true;
  }

  void forget(Waiter waiter) {
    synchronized (waiting) {
      waiting.remove(waiter);
    }
  }

  /** Takes what the supervisor says about an instance; returns how it stood before. */
  @Nullable Standing set(InstanceName name, int port, BackendState state) {
    Standing before = standing(name);
    if (before == null || before.backend().port() != port) {
      change(new Standing(new Backend(name, port), state));
    } else {
      change(new Standing(before.backend(), state));
    }
    return before;
  }

  /** Notes that an instance opened another port than its own. */
  void wrongPort(InstanceName name, int expected, int actual) {
    Standing before = standing(name);
    Backend backend = before == null ? new Backend(name, expected) : before.backend();
    change(new Standing(backend, BackendState.STARTING, actual));
  }

  @Nullable Standing standing(InstanceName name) {
    for (Standing each : lineup(name.type()).standings()) {
      if (each.backend().name().equals(name)) return each;
    }
    return null;
  }

  private void change(Standing standing) {
    List<Waiter> told;
    synchronized (waiting) {
      var next = new TreeMap<>(lineups);
      ProcessType type = standing.backend().name().type();
      Lineup lineup = lineup(type).with(standing);
      if (lineup.standings().isEmpty()) next.remove(type);
      else next.put(type, lineup);
      lineups = Map.copyOf(next);
      told = List.copyOf(waiting);
      waiting.clear();
    }
    told.forEach(Waiter::changed);
  }
}
