package jlocal.process;

import java.time.Duration;
import jlocal.os.ExitStatus;

/** What was observed of one process of an instance. */
sealed interface Observation {
  /** The number of the process it is about. */
  int generation();

  record Spawned(int generation, long pid) implements Observation {}

  /**
   * There is no process.
   *
   * @param temporary whether a later try may succeed
   */
  record NotSpawned(int generation, String why, boolean temporary) implements Observation {}

  record Ready(int generation) implements Observation {}

  /** The leader has exited. */
  record Exited(int generation, ExitStatus status) implements Observation {}

  /**
   * Its group is empty, and all it wrote has been read.
   *
   * @param up how long it had been ready when the leader exited; zero if it never was
   */
  record Gone(int generation, Duration up) implements Observation {}

  /** What a crashed leader left in its group had its time to end. */
  record GroupTimeout(int generation) implements Observation {}

  /** The grace period after SIGTERM is over. */
  record GraceTimeout(int generation) implements Observation {}

  /** It survives SIGKILL, and the app ends without it. */
  record Abandoned(int generation) implements Observation {}

  record BackoffOver(int generation) implements Observation {}
}
