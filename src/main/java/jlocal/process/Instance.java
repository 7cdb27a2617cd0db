package jlocal.process;

import jlocal.process.ProcessState.Down;

/**
 * One instance as the lifecycle sees it.
 *
 * @param wanted whether it should run; apart from {@code state}, which is what it does
 * @param generation numbers its processes from 1; observations of another generation are ignored
 * @param crashes how often in a row it ended by itself; forgotten after 30 s up
 * @param neverUp how often in a row it ended without having been up
 */
record Instance(boolean wanted, int generation, int crashes, int neverUp, ProcessState state) {

  static Instance initial() {
    return new Instance(false, 0, 0, 0, new Down());
  }

  /** Whether it was stopped and is not wanted back. */
  boolean isStopped() {
    return !wanted && (state instanceof Down || state instanceof ProcessState.Stopping);
  }

  Instance wanted(boolean now) {
    return new Instance(now, generation, crashes, neverUp, state);
  }

  Instance in(ProcessState next) {
    return new Instance(wanted, generation, crashes, neverUp, next);
  }

  Instance crashes(int inARow, int withoutBeingUp) {
    return new Instance(wanted, generation, inARow, withoutBeingUp, state);
  }

  /** It, with its next process not started yet. */
  Instance waiting() {
    return new Instance(wanted, generation - 1, crashes, neverUp, new ProcessState.Waiting());
  }

  /** It, with its next process being started. */
  Instance nextGeneration() {
    return new Instance(wanted, generation + 1, crashes, neverUp, new ProcessState.Spawning());
  }
}
