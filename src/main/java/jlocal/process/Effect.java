package jlocal.process;

import java.time.Duration;
import jlocal.os.ExitStatus;

/** What the lifecycle wants done. {@code generation} is the number of the process it is about. */
sealed interface Effect {
  record Spawn(int generation) implements Effect {}

  /**
   * Ask the group to end, and observe a {@link Observation.GraceTimeout} after the grace period.
   */
  record Terminate(int generation, long pid) implements Effect {}

  record Kill(int generation, long pid) implements Effect {}

  /** Observe a {@link Observation.GroupTimeout} when the group had its time to end. */
  record AwaitGroup(int generation) implements Effect {}

  /** Observe {@link Observation.BackoffOver} after the delay. */
  record Backoff(int generation, Duration delay) implements Effect {}

  /** The process could not be started; the same after the delay. */
  record Retry(int generation, String why, Duration delay) implements Effect {}

  /** It ended by itself and will not be started again. */
  record GiveUp(int generation, ExitStatus status, int neverUp) implements Effect {}

  record ReportNotStarted(String why) implements Effect {}
}
