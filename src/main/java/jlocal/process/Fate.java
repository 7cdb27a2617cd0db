package jlocal.process;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import jlocal.formation.InstanceName;
import jlocal.os.ExitStatus;
import org.jspecify.annotations.Nullable;

/**
 * What the ends of instances mean for the app: whether it ends now, and with which exit code. It
 * has no thread and no clock; events come in with the time they happened.
 */
public final class Fate {
  /** A command that could not be started at all; as shells say it. */
  private static final int NOT_STARTED = 126;

  private final FatePolicy policy;
  private final Map<InstanceName, ProcessState> states = new HashMap<>();
  private final Map<InstanceName, Deque<Long>> crashes = new HashMap<>();
  private @Nullable Integer firstFailure;
  private boolean over;

  public Fate(FatePolicy policy) {
    this.policy = policy;
  }

  /**
   * Takes note of an event.
   *
   * @param nanos when it happened, on a monotonic clock
   * @return how the app ends because of this; null if it does not, or ends already
   */
  public @Nullable Verdict on(ProcessEvent event, long nanos) {
    if (over) return null;
    Verdict verdict = judge(event, nanos);
    over = verdict != null;
    return verdict;
  }

  private @Nullable Verdict judge(ProcessEvent event, long nanos) {
    return switch (event) {
      case ProcessEvent.Changed(var name, _, _, var now) -> {
        states.put(name, now);
        yield null;
      }
      case ProcessEvent.Exited(var name, _, var status, _, var asked) ->
          asked || status.isClean() ? null : crashed(name, status, nanos);
      case ProcessEvent.GaveUp(var name, var status, _) -> {
        if (!status.isClean()) failed(status.shellStatus());
        yield oneIsGone(name, status.shellStatus());
      }
      case ProcessEvent.LeftBehind(var name, var status) -> stopOthers(name, status.shellStatus());
      case ProcessEvent.NotStarted(var name, _, var retryAfter) -> {
        if (retryAfter != null) yield null;
        failed(NOT_STARTED);
        yield oneIsGone(name, NOT_STARTED);
      }
      case ProcessEvent.Started _,
          ProcessEvent.BecameUp _,
          ProcessEvent.CommandMissing _,
          ProcessEvent.Restarting _,
          ProcessEvent.HoldsUp _,
          ProcessEvent.Killed _,
          ProcessEvent.Unkillable _,
          ProcessEvent.NotListening _ ->
          null;
    };
  }

  private void failed(int code) {
    if (firstFailure == null) firstFailure = code;
  }

  private @Nullable Verdict crashed(InstanceName name, ExitStatus status, long nanos) {
    if (!policy.impatient()) return null;
    Deque<Long> times = crashes.computeIfAbsent(name, _ -> new ArrayDeque<>());
    times.addLast(nanos);
    if (times.size() > FatePolicy.CRASHES) times.removeFirst();
    boolean tooMany =
        times.size() == FatePolicy.CRASHES
            && nanos - times.getFirst() <= FatePolicy.WINDOW.toNanos();
    return tooMany ? new Verdict.CrashLoop(name, status.shellStatus()) : null;
  }

  private @Nullable Verdict oneIsGone(InstanceName name, int code) {
    boolean anyLeft =
        states.values().stream().anyMatch(s -> s.isAlive() || s instanceof ProcessState.CoolingOff);
    if (anyLeft) return stopOthers(name, code);
    return new Verdict.AllEnded(stops(name) ? code : firstFailure == null ? 0 : firstFailure);
  }

  private @Nullable Verdict stopOthers(InstanceName name, int code) {
    return stops(name) ? new Verdict.OneEnded(name, code) : null;
  }

  private boolean stops(InstanceName name) {
    return policy.onExit() == OnExit.STOP && !policy.canDie().contains(name.type());
  }
}
