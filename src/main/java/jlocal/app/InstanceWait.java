package jlocal.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jlocal.control.Reply;
import jlocal.formation.InstanceName;
import jlocal.json.JsonFields.Malformed;
import jlocal.problem.UserError;
import jlocal.process.InstanceSnapshot;
import jlocal.process.InstanceSnapshots;
import jlocal.process.ProcessState;

/**
 * Waits until instances are ready, have exited, or are stopped: {@code jlocal wait}. Any thread.
 */
public final class InstanceWait {
  private final Orders orders;
  private final InstanceSnapshots snapshots;
  private final AppLog log;

  public enum Goal {
    READY,
    EXIT,
    STOP
  }

  /** The result for one instance. */
  private enum Outcome {
    SO,
    NOT_YET,
    CRASHED
  }

  InstanceWait(Orders orders, InstanceSnapshots snapshots, AppLog log) {
    this.orders = orders;
    this.snapshots = snapshots;
    this.log = log;
  }

  /**
   * Waits for all named instances.
   *
   * @param words types or instances; none for all that are not stopped
   * @param what {@code ready}, {@code exit} or {@code stop}
   * @param limit the maximum wait; a client that waits longer asks again
   * @return failed, without a crash, if the wait timed out
   */
  Reply await(List<String> words, String what, Duration limit) throws UserError {
    Goal goal = goal(what);
    var names = new ArrayList<>(orders.desired().select(words).orThrow());
    names.removeIf(name -> words.isEmpty() && goal == Goal.READY && isStopped(snapshots.of(name)));
    long since = System.nanoTime();
    for (InstanceName name : names) {
      InstanceSnapshot now = snapshots.of(name);
      try {
        while (outcome(now, goal) == Outcome.NOT_YET && !snapshots.isClosed()) {
          Duration left = limit.minusNanos(System.nanoTime() - since);
          if (!left.isPositive()) break;
          now = snapshots.awaitChange(now, left);
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      if (outcome(now, goal) != Outcome.SO) break;
    }
    return reply(names, goal);
  }

  private static Goal goal(String what) {
    for (Goal goal : Goal.values()) if (goal.name().equalsIgnoreCase(what)) return goal;
    throw new Malformed("'" + what + "' cannot be waited for");
  }

  private static boolean isStopped(InstanceSnapshot now) {
    return now.generation() > 0 && now.state() instanceof ProcessState.Down;
  }

  private static Outcome outcome(InstanceSnapshot now, Goal goal) {
    boolean isSo =
        switch (goal) {
          case READY -> StartOutcome.isReady(now);
          case EXIT -> isCleanEnd(now);
          case STOP -> now.isAtRest();
        };
    if (isSo) return Outcome.SO;
    return goal != Goal.STOP && now.failedGeneration() > 0 ? Outcome.CRASHED : Outcome.NOT_YET;
  }

  private static boolean isCleanEnd(InstanceSnapshot now) {
    return now.state() instanceof ProcessState.Ended(var status) && status.isClean();
  }

  private Reply reply(List<InstanceName> names, Goal goal) {
    var did = new ArrayList<String>();
    var failed = new ArrayList<String>();
    boolean crashed = false;
    for (InstanceName name : names) {
      InstanceSnapshot now = snapshots.of(name);
      Outcome outcome = outcome(now, goal);
      if (outcome == Outcome.SO) {
        did.add(OrderReport.state(now));
      } else if (outcome == Outcome.CRASHED) {
        crashed = true;
        failed.add(StartOutcome.sentence(now.failure()));
        log.failures().lastLines(name).forEach(line -> failed.add("  " + line));
      } else {
        failed.add(OrderReport.state(now));
      }
    }
    return failed.isEmpty() ? new Reply.Done(did) : new Reply.Failed(did, failed, crashed);
  }
}
