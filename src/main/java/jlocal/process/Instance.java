package jlocal.process;

import jlocal.process.ProcessState.Down;

/**
 * One instance as the lifecycle sees it.
 *
 * @param wanted whether it should run; apart from {@code state}, which is what it does
 * @param life numbers its processes from 1; news of another life is ignored
 * @param crashes how often in a row it ended by itself; forgotten after 30 s up
 * @param stillborn how often in a row it ended without ever having been up
 */
public record Instance(boolean wanted, int life, int crashes, int stillborn, ProcessState state) {

  static Instance unborn() {
    return new Instance(false, 0, 0, 0, new Down());
  }

  /** Whether somebody stopped it, and nobody wants it back. */
  boolean isPutDown() {
    return !wanted && (state instanceof Down || state instanceof ProcessState.Stopping);
  }

  Instance wanted(boolean now) {
    return new Instance(now, life, crashes, stillborn, state);
  }

  Instance now(ProcessState next) {
    return new Instance(wanted, life, crashes, stillborn, next);
  }

  Instance crashes(int inARow, int withoutBeingUp) {
    return new Instance(wanted, life, inARow, withoutBeingUp, state);
  }

  Instance reborn() {
    return new Instance(wanted, life + 1, crashes, stillborn, new ProcessState.Spawning());
  }
}
