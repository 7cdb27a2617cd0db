package jlocal.process;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
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
   * @return the app's exit code if it ends because of this; given once
   */
  public OptionalInt on(ProcessEvent event, long nanos) {
    if (over) return OptionalInt.empty();
    OptionalInt verdict = judge(event, nanos);
    over = verdict.isPresent();
    return verdict;
  }

  private OptionalInt judge(ProcessEvent event, long nanos) {
    return switch (event) {
      case ProcessEvent.Changed(var name, _, _, var now) -> {
        states.put(name, now);
        yield OptionalInt.empty();
      }
      case ProcessEvent.Exited(var name, _, var status, _, var asked) ->
          asked || status.isClean() ? OptionalInt.empty() : crashed(name, status, nanos);
      case ProcessEvent.GaveUp(var name, var status, _) -> {
        if (!status.isClean()) failed(status.shellStatus());
        yield oneIsGone(name, status.shellStatus());
      }
      case ProcessEvent.LeftBehind(var name, var status) -> stopOthers(name, status.shellStatus());
      case ProcessEvent.NotStarted(var name, _) -> {
        failed(NOT_STARTED);
        yield oneIsGone(name, NOT_STARTED);
      }
      case ProcessEvent.Started _,
          ProcessEvent.BecameUp _,
          ProcessEvent.CommandMissing _,
          ProcessEvent.Restarting _,
          ProcessEvent.HoldsUp _,
          ProcessEvent.Killed _,
          ProcessEvent.NotListening _ ->
          OptionalInt.empty();
    };
  }

  private void failed(int code) {
    if (firstFailure == null) firstFailure = code;
  }

  private OptionalInt crashed(InstanceName name, ExitStatus status, long nanos) {
    if (!policy.impatient()) return OptionalInt.empty();
    Deque<Long> times = crashes.computeIfAbsent(name, _ -> new ArrayDeque<>());
    times.addLast(nanos);
    if (times.size() > FatePolicy.CRASHES) times.removeFirst();
    boolean tooMany =
        times.size() == FatePolicy.CRASHES
            && nanos - times.getFirst() <= FatePolicy.WINDOW.toNanos();
    return tooMany ? OptionalInt.of(status.shellStatus()) : OptionalInt.empty();
  }

  private OptionalInt oneIsGone(InstanceName name, int code) {
    OptionalInt verdict = stopOthers(name, code);
    if (verdict.isPresent()) return verdict;
    boolean anyLeft =
        states.values().stream().anyMatch(s -> s.isAlive() || s instanceof ProcessState.CoolingOff);
    return anyLeft ? OptionalInt.empty() : OptionalInt.of(firstFailure == null ? 0 : firstFailure);
  }

  private OptionalInt stopOthers(InstanceName name, int code) {
    boolean stops = policy.onExit() == OnExit.STOP && !policy.canDie().contains(name.type());
    return stops ? OptionalInt.of(code) : OptionalInt.empty();
  }
}
