package jlocal.router;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import jlocal.formation.InstanceName;
import jlocal.procfile.ProcessType;
import jlocal.router.RouterConfig.Timeouts;
import org.jspecify.annotations.Nullable;

/**
 * The backends of all process types, written by the supervisor and read by the I/O threads. Reads
 * use an immutable snapshot; only a request that has to wait takes the lock.
 */
final class BackendTable {
  private final Timeouts timeouts;
  private final int maxWaiting;
  private final Map<ProcessType, AtomicLong> turns = new ConcurrentHashMap<>();

  /** Tasks to run once at the next change, on the changing thread. */
  private final LinkedHashSet<Runnable> waiting = new LinkedHashSet<>();

  private volatile Map<ProcessType, BackendSet> sets = Map.of();
  private volatile Runnable onWait = () -> {};
  private volatile String name = "";

  BackendTable(Timeouts timeouts, int maxWaiting) {
    this.timeouts = timeouts;
    this.maxWaiting = maxWaiting;
  }

  /** Selects a backend for a request. */
  BackendSet.Selection select(BackendSet.Query query) {
    ProcessType type = query.target().type();
    long turn = turns.computeIfAbsent(type, each -> new AtomicLong()).getAndIncrement();
    return set(type).matching(query.target()).select(turn, query, timeouts);
  }

  BackendSet set(ProcessType type) {
    return sets.getOrDefault(type, BackendSet.EMPTY);
  }

  /** Returns the types that have at least one instance, by name. */
  List<ProcessType> types() {
    return List.copyOf(new TreeMap<>(sets).keySet());
  }

  /**
   * Runs a task at the next change, or at once if the set already differs from {@code seen}.
   *
   * @return false if too many requests wait
   */
  boolean onChange(Runnable task, BackendSet seen, ProcessType type) {
    boolean isWaiting;
    synchronized (waiting) {
      isWaiting = set(type).equals(seen);
      if (isWaiting && (waiting.size() >= maxWaiting || !waiting.add(task))) return false;
    }
    if (isWaiting) onWait.run();
    else task.run();
    return true;
  }

  /** The name of the app as a host, without {@code .localhost}; empty for none. */
  String name() {
    return name;
  }

  void name(String other) {
    name = other;
  }

  /** Sets a listener that is called on an I/O thread for each request that begins to wait. */
  void onWait(Runnable listener) {
    onWait = listener;
  }

  Traffic traffic() {
    long requests = turns.values().stream().mapToLong(AtomicLong::get).sum();
    int open;
    synchronized (waiting) {
      open = waiting.size();
    }
    for (BackendSet set : sets.values()) {
      for (BackendSet.Status each : set.statuses()) open += each.backend().openRequests();
    }
    return new Traffic(requests, open);
  }

  void cancel(Runnable task) {
    synchronized (waiting) {
      waiting.remove(task);
    }
  }

  /** Sets the state of an instance; returns its previous status. */
  BackendSet.@Nullable Status set(InstanceName name, int port, BackendState state) {
    BackendSet.Status before = status(name);
    if (before != null && before.backend().port() == port) {
      change(new BackendSet.Status(before.backend(), state));
    } else {
      change(new BackendSet.Status(new Backend(name, port), state));
    }
    return before;
  }

  /** Records that an instance opened another port than its own. */
  void wrongPort(InstanceName name, int expected, int actual) {
    BackendSet.Status before = status(name);
    Backend backend = before == null ? new Backend(name, expected) : before.backend();
    change(new BackendSet.Status(backend, BackendState.STARTING, actual));
  }

  BackendSet.@Nullable Status status(InstanceName name) {
    for (BackendSet.Status each : set(name.type()).statuses()) {
      if (each.backend().name().equals(name)) return each;
    }
    return null;
  }

  private void change(BackendSet.Status status) {
    List<Runnable> tasks;
    synchronized (waiting) {
      var next = new TreeMap<>(sets);
      ProcessType type = status.backend().name().type();
      BackendSet set = set(type).with(status);
      if (set.statuses().isEmpty()) next.remove(type);
      else next.put(type, set);
      sets = Map.copyOf(next);
      tasks = List.copyOf(waiting);
      waiting.clear();
    }
    tasks.forEach(Runnable::run);
  }
}
