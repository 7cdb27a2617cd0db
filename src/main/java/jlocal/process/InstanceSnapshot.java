package jlocal.process;

import jlocal.formation.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * An immutable snapshot of an instance.
 *
 * @param generation the number of its current or last process, from 1; 0 if it had none
 * @param startedAt when that was started, in nanoseconds on a monotonic clock
 * @param restarts how often it was restarted because it had ended by itself
 * @param lastEnd how its last process ended, or why there was none: Exited or NotStarted; null if
 *     none has ended
 * @param failedGeneration the number of the process that last crashed or failed to start; 0 for
 *     none, or after it was up again
 * @param failure how that failed; null for none
 * @param remark more about the current state: NotListening, BackgroundProcesses or Unkillable; null
 *     for nothing
 * @param listensOn the port where it is known to listen; 0 if unknown
 */
public record InstanceSnapshot(
    InstanceName name,
    int port,
    boolean wanted,
    int generation,
    ProcessState state,
    long startedAt,
    int restarts,
    @Nullable ProcessEvent lastEnd,
    int failedGeneration,
    @Nullable ProcessEvent failure,
    @Nullable ProcessEvent remark,
    int listensOn) {

  /** An instance that has not reported anything. */
  public static InstanceSnapshot unknown(InstanceName name) {
    return new InstanceSnapshot(
        name, 0, false, 0, new ProcessState.Down(), 0, 0, null, 0, null, null, 0);
  }

  /** How often the user restarted it. */
  public int orderedRestarts() {
    return Math.max(0, generation - 1 - restarts);
  }

  /** The pid of its leader, even if that has exited and others of its group run; 0 for none. */
  public long pid() {
    return switch (state) {
      case ProcessState.Starting(var pid) -> pid;
      case ProcessState.Up(var pid) -> pid;
      case ProcessState.LeaderExited(var pid, _, _) -> pid;
      case ProcessState.Stopping(var pid, _) -> pid;
      case ProcessState.Down _,
          ProcessState.Waiting _,
          ProcessState.Spawning _,
          ProcessState.Backoff _,
          ProcessState.Ended _ ->
          0;
    };
  }

  /** The port for requests: its PORT, unless it is known to listen elsewhere. */
  public int servedPort() {
    return listensOn == 0 ? port : listensOn;
  }

  /** Whether nothing of it runs, and nothing will start by itself. */
  public boolean isAtRest() {
    return state instanceof ProcessState.Down || state instanceof ProcessState.Ended;
  }

  /** Whether it has survived SIGKILL; the remark says why. */
  public boolean isUnkillable() {
    return remark instanceof ProcessEvent.Unkillable;
  }
}
