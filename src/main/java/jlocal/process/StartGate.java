package jlocal.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jlocal.formation.InstanceName;
import jlocal.formation.StartOrder;
import jlocal.procfile.ProcessType;

/**
 * Decides which instances must wait for others before they start, and which may be stopped now.
 * Pure: has no clock and no process.
 *
 * @param order the dependencies
 */
record StartGate(StartOrder order, Collection<Member> members) {
  /** After this many consecutive ends without having been ready, others start without it. */
  static final int CRASH_LIMIT = 3;

  /**
   * An instance of the formation.
   *
   * @param pending how long it has been getting ready; zero if it is not
   */
  record Member(InstanceName name, Instance instance, Duration pending) {}

  /** Whether it is getting ready. */
  static boolean isPending(Instance it) {
    return switch (it.state()) {
      case ProcessState.Waiting _, ProcessState.Backoff _ -> true;
      case ProcessState.Spawning _, ProcessState.Starting _, ProcessState.Stopping _ -> it.wanted();
      case ProcessState.LeaderExited(_, var status, _) -> it.wanted() && !status.isClean();
      case ProcessState.Down _, ProcessState.Up _, ProcessState.Ended _ -> false;
    };
  }

  /** Whether it is ready, or has completed; not if it merely no longer blocks others. */
  static boolean isReady(Instance it) {
    return switch (it.state()) {
      case ProcessState.Up _ -> true;
      case ProcessState.Ended(var status) -> status.isClean();
      case ProcessState.LeaderExited(_, var status, _) -> status.isClean();
      default -> false;
    };
  }

  /** Returns the instances that a type must wait for before it starts. */
  List<InstanceName> blockers(ProcessType type) {
    if (order.rule(type).after().isEmpty()) return List.of();
    var blockers = new ArrayList<InstanceName>();
    Set<ProcessType> before = present(type, new LinkedHashSet<>());
    for (Member member : members) {
      if (before.contains(member.name().type()) && holdsUp(member)) blockers.add(member.name());
    }
    return blockers;
  }

  private boolean holdsUp(Member member) {
    Instance it = member.instance();
    if (it.state() instanceof ProcessState.Waiting) return true; // Its own wait is limited.
    Duration timeout = order.rule(member.name().type()).timeout();
    boolean isLate = !timeout.isZero() && member.pending().compareTo(timeout) >= 0;
    return isPending(it) && it.neverUp() < CRASH_LIMIT && !isLate;
  }

  /**
   * Returns the types it waits for; a type without instances is replaced by those it waits for
   * itself.
   */
  private Set<ProcessType> present(ProcessType type, Set<ProcessType> found) {
    for (ProcessType before : order.rule(type).after().keySet()) {
      boolean isThere = members.stream().anyMatch(member -> member.name().type().equals(before));
      if (isThere) found.add(before);
      else present(before, found);
    }
    return found;
  }

  /**
   * Returns the instances to stop now while the app ends: first those that no other needs. If they
   * do not end, the next level follows after its share of the grace period, so that all end within
   * it.
   *
   * @param levels the types in start order, when the end began
   * @param ending the time since the end began
   * @param grace for all levels together
   */
  List<InstanceName> stoppable(List<List<ProcessType>> levels, Duration ending, Duration grace) {
    var alive = new LinkedHashSet<ProcessType>();
    for (Member member : members) {
      if (member.instance().state().isAlive()) alive.add(member.name().type());
    }
    var stoppable = new ArrayList<InstanceName>();
    for (Member member : members) {
      if (member.instance().wanted() && isDue(member, alive, levels, ending, grace)) {
        stoppable.add(member.name());
      }
    }
    return stoppable;
  }

  private boolean isDue(
      Member member,
      Set<ProcessType> alive,
      List<List<ProcessType>> levels,
      Duration ending,
      Duration grace) {
    ProcessType type = member.name().type();
    boolean serves =
        switch (member.instance().state()) {
          case ProcessState.Up _, ProcessState.Starting _, ProcessState.Spawning _ -> true;
          default -> false;
        };
    if (!serves || alive.stream().noneMatch(other -> order.prerequisites(other).contains(type))) {
      return true;
    }
    int level = 0;
    while (level < levels.size() && !levels.get(level).contains(type)) level++;
    long share = grace.toNanos() / Math.max(1, levels.size());
    return ending.toNanos() >= share * Math.max(0, levels.size() - 1 - level);
  }
}
