package jlocal.app;

import jlocal.process.ProcessState;

/**
 * How one instance stands, and what became of its processes.
 *
 * @param lives how many processes it has had, those that could not be started included
 * @param startedAt of the last one, on a monotonic clock
 * @param lastExit how the last one that ended did; empty when none has
 * @param failedLife which of its processes did last not do what it should; 0 for none
 * @param failure what went wrong with that, as a sentence
 */
record Standing(
    int port,
    ProcessState state,
    int lives,
    long startedAt,
    String lastExit,
    int failedLife,
    String failure) {

  static final Standing UNBORN = new Standing(0, new ProcessState.Down(), 0, 0, "", 0, "");

  Standing now(int itsPort, ProcessState next) {
    return new Standing(itsPort, next, lives, startedAt, lastExit, failedLife, failure);
  }

  Standing started(long now) {
    return new Standing(port, state, lives + 1, now, lastExit, failedLife, failure);
  }

  Standing exited(String how) {
    return new Standing(port, state, lives, startedAt, how, failedLife, failure);
  }

  Standing failed(int life, String how) {
    return new Standing(port, state, Math.max(lives, life), startedAt, lastExit, life, how);
  }

  /** The first of its processes that can be the one that START is to bring. */
  int lifeAfterStart() {
    return switch (state) {
      case ProcessState.Starting _, ProcessState.Up _ -> lives;
      case ProcessState.Down _,
          ProcessState.Spawning _,
          ProcessState.Lingering _,
          ProcessState.Stopping _,
          ProcessState.CoolingOff _,
          ProcessState.Ended _ ->
          lives + 1;
    };
  }

  /** What has become of the process with this number, or a later one. */
  Outcome of(int life) {
    if (failedLife >= life) return new Outcome.Failed(failure);
    if (lives < life) return Outcome.PENDING;
    return switch (state) {
      case ProcessState.Up _ -> Outcome.UP;
      case ProcessState.Lingering(_, var status, _) when status.isClean() -> Outcome.EXITED;
      case ProcessState.Ended(var status) when status.isClean() -> Outcome.EXITED;
      case ProcessState.Down _, ProcessState.Stopping _ -> Outcome.STOPPED;
      case ProcessState.Spawning _,
          ProcessState.Starting _,
          ProcessState.Lingering _,
          ProcessState.CoolingOff _,
          ProcessState.Ended _ ->
          Outcome.PENDING;
    };
  }

  /** Whether nothing of it runs and nothing will by itself. */
  boolean isAtRest() {
    return state instanceof ProcessState.Down || state instanceof ProcessState.Ended;
  }
}
