package jlocal.process;

import jlocal.process.ProcessState.Down;

/**
 * The lifecycle's view of an instance.
 *
 * @param wanted whether it should run, whereas {@code state} is what it does
 * @param generation numbers its processes from 1; observations of other generations are ignored
 * @param crashes consecutive ends by itself; reset after 30 s up
 * @param neverUp consecutive ends without having been up
 */
record Instance(boolean wanted, int generation, int crashes, int neverUp, ProcessState state) {

  static Instance initial() {
    return new Instance(false, 0, 0, 0, new Down());
  }

  /** Whether it is stopped and should stay so. */
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

  /** Returns it before its next process is started. */
  Instance waiting() {
    return new Instance(wanted, generation - 1, crashes, neverUp, new ProcessState.Waiting());
  }

  /** Returns it while its next process is being started. */
  Instance nextGeneration() {
    return new Instance(wanted, generation + 1, crashes, neverUp, new ProcessState.Spawning());
  }
}
