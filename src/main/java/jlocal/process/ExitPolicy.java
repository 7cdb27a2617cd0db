package jlocal.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import jlocal.formation.InstanceName;
import jlocal.os.ExitStatus;
import jlocal.procfile.ProcessType;
import org.jspecify.annotations.Nullable;

/**
 * Decides from the ends of instances whether the app ends, and with which exit code. Has no thread
 * and no clock; events have the time they happened.
 */
public final class ExitPolicy {
  /** The exit code for a command that could not be started, as in shells. */
  private static final int NOT_STARTED = 126;

  private final Rules rules;
  private final Map<InstanceName, ProcessState> states = new HashMap<>();
  private final Map<InstanceName, Deque<Long>> crashTimes = new HashMap<>();
  private @Nullable Integer firstFailure;
  private boolean decided;

  /** The effect of one instance's end on the others: {@code --on-exit}. */
  public enum OnExit {
    KEEP,
    STOP
  }

  /**
   * When the whole app ends.
   *
   * @param canDie types whose end does not stop the others
   * @param unattended whether a crash loop ends the app, because there is no user to fix it (CI)
   */
  public record Rules(OnExit onExit, Set<ProcessType> canDie, boolean unattended) {
    /** This many crashes of an instance within {@link #CRASH_WINDOW} are a crash loop. */
    public static final int CRASH_LIMIT = 5;

    public static final Duration CRASH_WINDOW = Duration.ofSeconds(60);

    public Rules {
      canDie = Set.copyOf(canDie);
    }
  }

  /** Why the app ends, and with which exit code. */
  public sealed interface Decision {
    int code();

    /** No instance is left that could run. */
    record AllEnded(int code) implements Decision {}

    /** An instance has ended, and the others must end with it: {@code --on-exit stop}. */
    record OneEnded(InstanceName name, int code) implements Decision {}

    /** An instance crashes again and again, and the app is unattended. */
    record CrashLoop(InstanceName name, int code) implements Decision {}
  }

  public ExitPolicy(Rules rules) {
    this.rules = rules;
  }

  /**
   * Handles an event.
   *
   * @param nanos when it happened, on a monotonic clock
   * @return why the app ends; null if it does not, or is ending already
   */
  public @Nullable Decision on(ProcessEvent event, long nanos) {
    if (decided) return null;
    Decision decision = decide(event, nanos);
    decided = decision != null;
    return decision;
  }

  private @Nullable Decision decide(ProcessEvent event, long nanos) {
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
      case ProcessEvent.BackgroundProcesses(var name, var status) ->
          stopOthers(name, status.shellStatus());
      case ProcessEvent.NotStarted(var name, _, var retryAfter) -> {
        if (retryAfter != null) yield null;
        failed(NOT_STARTED);
        yield oneIsGone(name, NOT_STARTED);
      }
      case ProcessEvent.Started _,
          ProcessEvent.BecameUp _,
          ProcessEvent.Waiting _,
          ProcessEvent.NotReady _,
          ProcessEvent.Notified _,
          ProcessEvent.WatchdogTimeout _,
          ProcessEvent.CommandMissing _,
          ProcessEvent.Restarting _,
          ProcessEvent.SlowToStop _,
          ProcessEvent.Killed _,
          ProcessEvent.Unkillable _,
          ProcessEvent.PortFound _,
          ProcessEvent.NotListening _ ->
          null;
    };
  }

  private void failed(int code) {
    if (firstFailure == null) firstFailure = code;
  }

  private @Nullable Decision crashed(InstanceName name, ExitStatus status, long nanos) {
    if (!rules.unattended()) return null;
    Deque<Long> times = crashTimes.computeIfAbsent(name, _ -> new ArrayDeque<>());
    times.addLast(nanos);
    if (times.size() > Rules.CRASH_LIMIT) times.removeFirst();
    boolean tooMany =
        times.size() == Rules.CRASH_LIMIT
            && nanos - times.getFirst() <= Rules.CRASH_WINDOW.toNanos();
    return tooMany ? new Decision.CrashLoop(name, status.shellStatus()) : null;
  }

  private @Nullable Decision oneIsGone(InstanceName name, int code) {
    boolean anyLeft =
        states.values().stream().anyMatch(state -> state.isAlive() || isComing(state));
    if (anyLeft) return stopOthers(name, code);
    return new Decision.AllEnded(stops(name) ? code : firstFailure == null ? 0 : firstFailure);
  }

  private static boolean isComing(ProcessState state) {
    return state instanceof ProcessState.Backoff || state instanceof ProcessState.Waiting;
  }

  private @Nullable Decision stopOthers(InstanceName name, int code) {
    return stops(name) ? new Decision.OneEnded(name, code) : null;
  }

  private boolean stops(InstanceName name) {
    return rules.onExit() == OnExit.STOP && !rules.canDie().contains(name.type());
  }
}
