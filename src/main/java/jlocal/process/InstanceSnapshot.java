package jlocal.process;

import jlocal.formation.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * One instance at one moment, immutable.
 *
 * @param port the PORT it is given
 * @param wanted whether it should run
 * @param generation the number of its present or last process, from 1; 0 when it had none
 * @param startedAt when that was started, in nanoseconds on a monotonic clock
 * @param restarts how often it was started again because it had ended by itself
 * @param lastEnd how its last process ended, or why there was none: Exited or NotStarted; null when
 *     none has ended
 * @param failedGeneration the number of the process that last crashed or did not start; 0 for none,
 *     or when it came up afterwards
 * @param failure how that failed; null for none
 * @param remark what else is known of the present state: NotListening, BackgroundProcesses or
 *     Unkillable; null for nothing
 * @param listensOn the port where it is known to be reached; 0 for unknown
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

  /** An instance of which nothing is known. */
  public static InstanceSnapshot unknown(InstanceName name) {
    return new InstanceSnapshot(
        name, 0, false, 0, new ProcessState.Down(), 0, 0, null, 0, null, null, 0);
  }

  /** How often it was started again because a person ordered it. */
  public int orderedRestarts() {
    return Math.max(0, generation - 1 - restarts);
  }

  /** The pid of its leader, also when that has exited and others of its group run; 0 for none. */
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

  /** Where requests to it are sent: its PORT, unless it is known to listen elsewhere. */
  public int servedPort() {
    return listensOn == 0 ? port : listensOn;
  }

  /** Whether nothing of it runs and nothing will by itself. */
  public boolean isAtRest() {
    return state instanceof ProcessState.Down || state instanceof ProcessState.Ended;
  }

  /** Whether it runs on after SIGKILL; the remark says why. */
  public boolean isUnkillable() {
    return remark instanceof ProcessEvent.Unkillable;
  }
}
