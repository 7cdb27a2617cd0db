package jlocal.formation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import jlocal.procfile.ProcessType;
import org.jspecify.annotations.Nullable;

/**
 * Which types must be ready before which others are started, and by what evidence they are ready. A
 * graph without cycles. Pure.
 *
 * @param rules of the types of the Procfile, in its order
 */
public record StartOrder(SequencedMap<ProcessType, Rule> rules) {
  /** All start at once. */
  public static final StartOrder NONE = new StartOrder(new LinkedHashMap<>());

  /**
   * What applies to one type.
   *
   * @param after the types that must be ready before it starts, and why: {@code Procfile:3}, or
   *     that one of them is a known server
   * @param readiness by what evidence it is ready
   * @param timeout how long others wait for it; zero for no limit
   * @param watchdog how long it may be without WATCHDOG=1; zero for no limit
   * @param server what its command is known to start; null for nothing
   */
  public record Rule(
      SequencedMap<ProcessType, String> after,
      Readiness readiness,
      Duration timeout,
      Duration watchdog,
      @Nullable KnownServer server) {
    static final Rule DEFAULT =
        new Rule(new LinkedHashMap<>(), new Readiness.Alive(), Duration.ZERO, Duration.ZERO, null);
    static final Rule OF_WEB =
        new Rule(
            new LinkedHashMap<>(),
            new Readiness.Port(List.of()),
            Duration.ZERO,
            Duration.ZERO,
            null);

    public Rule {
      after = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(after));
    }

    /** Whether both mean the same, wherever that is said. */
    public boolean means(Rule other) {
      return after.keySet().equals(other.after.keySet())
          && readiness.equals(other.readiness)
          && timeout.equals(other.timeout)
          && watchdog.equals(other.watchdog);
    }

    /** The same, after these types. */
    Rule after(SequencedMap<ProcessType, String> types) {
      return new Rule(types, readiness, timeout, watchdog, server);
    }
  }

  public StartOrder {
    rules = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(rules));
  }

  /** What applies to a type. */
  public Rule rule(ProcessType type) {
    Rule rule = rules.get(type);
    if (rule != null) return rule;
    return type.equals(ProcessType.WEB) ? Rule.OF_WEB : Rule.DEFAULT;
  }

  /** Whether no type waits for another. */
  public boolean isFlat() {
    for (Rule rule : rules.values()) if (!rule.after().isEmpty()) return false;
    return true;
  }

  /** The types it waits for, and those that they wait for. */
  public SequencedSet<ProcessType> prerequisites(ProcessType type) {
    var all = new LinkedHashSet<ProcessType>();
    var open = new ArrayList<>(rule(type).after().keySet());
    while (!open.isEmpty()) {
      ProcessType next = open.removeLast();
      if (all.add(next)) open.addAll(rule(next).after().keySet());
    }
    return all;
  }

  /** The types that wait for it, or for one that does. */
  public SequencedSet<ProcessType> dependents(ProcessType type) {
    var all = new LinkedHashSet<ProcessType>();
    for (ProcessType other : rules.keySet()) {
      if (!other.equals(type) && prerequisites(other).contains(type)) all.add(other);
    }
    return all;
  }

  /** Whether a type waits for this one. */
  public boolean isAwaited(ProcessType type) {
    for (Rule rule : rules.values()) if (rule.after().containsKey(type)) return true;
    return false;
  }

  /**
   * The types in the order of their start: all of one level are started when those of the level
   * before are ready. A type that is not among them counts as ready.
   */
  public List<List<ProcessType>> levels(Collection<ProcessType> types) {
    var levels = new ArrayList<List<ProcessType>>();
    var known = new LinkedHashMap<ProcessType, Integer>();
    for (ProcessType type : types) {
      int level = level(type, types, known);
      while (levels.size() <= level) levels.add(new ArrayList<>());
      levels.get(level).add(type);
    }
    return levels;
  }

  private int level(
      ProcessType type, Collection<ProcessType> among, Map<ProcessType, Integer> known) {
    Integer before = known.get(type);
    if (before != null) return before;
    int level = 0;
    for (ProcessType each : rule(type).after().keySet()) {
      int below = level(each, among, known);
      level = Math.max(level, among.contains(each) ? below + 1 : below);
    }
    known.put(type, level);
    return level;
  }

  /** The instances so that each comes after those it waits for; else as they were. */
  public List<InstanceName> sorted(Collection<InstanceName> names) {
    var sorted = new ArrayList<>(names);
    if (isFlat()) return sorted;
    var known = new LinkedHashMap<ProcessType, Integer>();
    sorted.sort(Comparator.comparingInt(name -> level(name.type(), rules.keySet(), known)));
    return sorted;
  }
}
