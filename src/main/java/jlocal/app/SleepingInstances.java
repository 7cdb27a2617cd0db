package jlocal.app;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.function.Predicate;
import jlocal.formation.InstanceName;
import jlocal.process.InstanceSnapshot;
import jlocal.process.ProcessEvent;
import jlocal.process.ProcessState;
import jlocal.procfile.ProcessType;

/**
 * The instances that are stopped until the next request. Pure.
 *
 * @param names in start order
 */
record SleepingInstances(SequencedSet<InstanceName> names) {
  static final SleepingInstances NONE = new SleepingInstances(new LinkedHashSet<>());

  /**
   * Returns the instances that can sleep: all that run or will start by themselves, if web is one
   * of them.
   */
  static SleepingInstances of(Collection<InstanceSnapshot> formation) {
    var names = new LinkedHashSet<InstanceName>();
    for (InstanceSnapshot each : formation) if (canSleep(each)) names.add(each.name());
    var all = new SleepingInstances(names);
    return all.hasWeb() ? all : NONE;
  }

  /** Instances that have completed, or were stopped by the user, stay as they are. */
  private static boolean canSleep(InstanceSnapshot it) {
    return switch (it.state()) {
      case ProcessState.Waiting _,
          ProcessState.Spawning _,
          ProcessState.Starting _,
          ProcessState.Up _,
          ProcessState.Backoff _ ->
          it.wanted();
      case ProcessState.LeaderExited(_, var status, _) -> it.wanted() && !status.isClean();
      case ProcessState.Down _, ProcessState.Stopping _, ProcessState.Ended _ -> false;
    };
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  /** Whether a request can wake them. */
  boolean hasWeb() {
    return names.stream().anyMatch(name -> name.type().equals(ProcessType.WEB));
  }

  SleepingInstances without(Predicate<InstanceName> gone) {
    var rest = new LinkedHashSet<>(names);
    rest.removeIf(gone);
    return new SleepingInstances(rest);
  }

  /** Whether the user has ordered the start of an instance, which wakes the app. */
  static boolean isStart(ProcessEvent event) {
    return event instanceof ProcessEvent.Changed(_, _, var before, var now)
        && (now instanceof ProcessState.Spawning || now instanceof ProcessState.Waiting)
        && switch (before) {
          case ProcessState.Down _, ProcessState.Stopping _, ProcessState.Ended _ -> true;
          case ProcessState.Waiting _,
              ProcessState.Spawning _,
              ProcessState.Starting _,
              ProcessState.Up _,
              ProcessState.LeaderExited _,
              ProcessState.Backoff _ ->
              false;
        };
  }
}
