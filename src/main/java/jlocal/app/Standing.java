package jlocal.app;

import java.time.Duration;
import jlocal.process.ProcessState;
import jlocal.process.ProcessState.Backoff;
import jlocal.process.ProcessState.Spawning;
import org.jspecify.annotations.Nullable;

/**
 * How one instance stands, and what became of its processes.
 *
 * @param lives how many processes it has had, those that could not be started included
 * @param restarts how many of them were started because the one before had ended by itself
 * @param startedAt of the last one, on a monotonic clock
 * @param lastExit how the last one that ended did; empty when none has
 * @param failedLife which of its processes did last not do what it should; 0 for none
 * @param failure what went wrong with that, as a sentence
 * @param remark what else is known of its state, as a sentence: why it may not be up yet, or that
 *     it has left processes in the background, that it cannot be ended; empty for nothing
 */
record Standing(
    int port,
    ProcessState state,
    int lives,
    int restarts,
    long startedAt,
    String lastExit,
    int failedLife,
    String failure,
    String remark) {

  static final Standing UNBORN = new Standing(0, new ProcessState.Down(), 0, 0, 0, "", 0, "", "");

  Standing now(int itsPort, ProcessState next) {
    boolean again = state instanceof Backoff && next instanceof Spawning;
    int more = again ? restarts + 1 : restarts;
    return new Standing(itsPort, next, lives, more, startedAt, lastExit, failedLife, failure, "");
  }

  Standing started(long now) {
    return new Standing(
        port, state, lives + 1, restarts, now, lastExit, failedLife, failure, remark);
  }

  Standing exited(String how) {
    return new Standing(port, state, lives, restarts, startedAt, how, failedLife, failure, remark);
  }

  Standing failed(int life, String how) {
    int atLeast = Math.max(lives, life);
    return new Standing(port, state, atLeast, restarts, startedAt, lastExit, life, how, remark);
  }

  Standing remarked(String what) {
    return new Standing(
        port, state, lives, restarts, startedAt, lastExit, failedLife, failure, what);
  }

  /** The first of its processes that can be the one that START is to bring. */
  int lifeAfterStart() {
    return switch (state) {
      case ProcessState.Starting _, ProcessState.Up _ -> lives;
      case ProcessState.Down _,
          Spawning _,
          ProcessState.LeaderExited _,
          ProcessState.Stopping _,
          Backoff _,
          ProcessState.Ended _ ->
          lives + 1;
    };
  }

  /** What has become of the process with this number, or a later one. */
  Outcome of(int life) {
    if (failedLife >= life) return new Outcome.Failed(failure);
    if (lives < life) return isStuck() ? new Outcome.Failed(remark) : Outcome.PENDING;
    return switch (state) {
      case ProcessState.Up _ -> Outcome.UP;
      case ProcessState.LeaderExited(_, var status, _) when status.isClean() && !remark.isEmpty() ->
          Outcome.EXITED;
      case ProcessState.Ended(var status) when status.isClean() -> Outcome.EXITED;
      case ProcessState.Down _, ProcessState.Stopping _ -> Outcome.STOPPED;
      case Spawning _,
          ProcessState.Starting _,
          ProcessState.LeaderExited _,
          Backoff _,
          ProcessState.Ended _ ->
          Outcome.PENDING;
    };
  }

  /**
   * How long it may still take to come up before a person is told that it is late.
   *
   * @param now on a monotonic clock
   * @param boot how long it may take at all; zero for ever
   * @return not positive when it is late, null when it has no such limit now
   */
  @Nullable Duration timeToBoot(long now, Duration boot) {
    if (boot.isZero() || !(state instanceof ProcessState.Starting)) return null;
    return boot.minusNanos(now - startedAt);
  }

  /** Whether it was killed and runs all the same; the remark says why. */
  boolean isStuck() {
    return state instanceof ProcessState.Stopping && !remark.isEmpty();
  }

  /** Whether nothing of it runs and nothing will by itself. */
  boolean isAtRest() {
    return state instanceof ProcessState.Down || state instanceof ProcessState.Ended;
  }
}
