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
 * Which types must be ready before others start, and their readiness checks: an acyclic graph.
 * Pure.
 *
 * @param rules by type, in the order of the Procfile
 */
public record StartOrder(SequencedMap<ProcessType, Rule> rules) {
  /** All types start at once. */
  public static final StartOrder NONE = new StartOrder(new LinkedHashMap<>());

  /**
   * The rule of a type.
   *
   * @param after the types that must be ready before it starts, each with the origin: {@code
   *     Procfile:3}, or that it is a known server
   * @param timeout how long others wait for it; zero for no limit
   * @param watchdog the maximum time between two WATCHDOG=1; zero for no limit
   * @param server the known server that its command starts; null for none
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

    /** Whether both rules have the same effect, whatever their origins. */
    public boolean means(Rule other) {
      return after.keySet().equals(other.after.keySet())
          && readiness.equals(other.readiness)
          && timeout.equals(other.timeout)
          && watchdog.equals(other.watchdog);
    }

    /** Returns a copy that waits for these types. */
    Rule after(SequencedMap<ProcessType, String> types) {
      return new Rule(types, readiness, timeout, watchdog, server);
    }
  }

  public StartOrder {
    rules = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(rules));
  }

  /** Returns the rule of a type. */
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

  /** Returns the types that a type waits for, directly or indirectly. */
  public SequencedSet<ProcessType> prerequisites(ProcessType type) {
    var all = new LinkedHashSet<ProcessType>();
    var pending = new ArrayList<>(rule(type).after().keySet());
    while (!pending.isEmpty()) {
      ProcessType next = pending.removeLast();
      if (all.add(next)) pending.addAll(rule(next).after().keySet());
    }
    return all;
  }

  /** Returns the types that wait for a type, directly or indirectly. */
  public SequencedSet<ProcessType> dependents(ProcessType type) {
    var all = new LinkedHashSet<ProcessType>();
    for (ProcessType other : rules.keySet()) {
      if (!other.equals(type) && prerequisites(other).contains(type)) all.add(other);
    }
    return all;
  }

  /** Whether another type waits for this one. */
  public boolean isAwaited(ProcessType type) {
    for (Rule rule : rules.values()) if (rule.after().containsKey(type)) return true;
    return false;
  }

  /**
   * Returns the types in start order: those of a level start when the level before is ready. Types
   * that are not included count as ready.
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
      ProcessType type, Collection<ProcessType> included, Map<ProcessType, Integer> known) {
    Integer before = known.get(type);
    if (before != null) return before;
    int level = 0;
    for (ProcessType each : rule(type).after().keySet()) {
      int below = level(each, included, known);
      level = Math.max(level, included.contains(each) ? below + 1 : below);
    }
    known.put(type, level);
    return level;
  }

  /** Returns the instances with each after those it waits for, otherwise in the same order. */
  public List<InstanceName> sorted(Collection<InstanceName> names) {
    var sorted = new ArrayList<>(names);
    if (isFlat()) return sorted;
    var known = new LinkedHashMap<ProcessType, Integer>();
    sorted.sort(Comparator.comparingInt(name -> level(name.type(), rules.keySet(), known)));
    return sorted;
  }
}
