package jlocal.process;

import jlocal.os.ExitStatus;

/** The state of an instance. Whether it should run is {@link Instance#wanted()}. */
public sealed interface ProcessState {
  /** It has no process and should not have one. */
  record Down() implements ProcessState {}

  /** It will be started when the types it waits for are ready. */
  record Waiting() implements ProcessState {}

  /** Its process is being created. */
  record Spawning() implements ProcessState {}

  /** It runs, but is not known to be ready. */
  record Starting(long pid) implements ProcessState {}

  /** It is ready, by the check of its type: {@link jlocal.formation.Readiness}. */
  record Up(long pid) implements ProcessState {}

  /**
   * Its leader has exited by itself; others of its group still run, or its output is still being
   * read.
   */
  record LeaderExited(long pid, ExitStatus status, StopSignal sent) implements ProcessState {}

  /** It was told to end. */
  record Stopping(long pid, StopSignal sent) implements ProcessState {}

  /** It crashed or could not be started, and will be restarted after a delay. */
  record Backoff(ExitStatus last) implements ProcessState {}

  /** It ended by itself and will not be restarted. */
  record Ended(ExitStatus last) implements ProcessState {}

  /** The last signal that jlocal sent to its group. */
  enum StopSignal {
    NONE,
    TERM,
    KILL
  }

  /** The word shown to users. */
  default String word() {
    return switch (this) {
      case Down _ -> "down";
      case Waiting _ -> "waiting";
      case Spawning _, Starting _ -> "starting";
      case Up _ -> "up";
      case Stopping _ -> "stopping";
      case Backoff _ -> "crashed";
      case LeaderExited(_, var status, _) -> status.isClean() ? "exited" : "crashed";
      case Ended(var status) -> status.isClean() ? "exited" : "crashed";
    };
  }

  /** Whether one of its processes may run. */
  default boolean isAlive() {
    return switch (this) {
      case Spawning _, Starting _, Up _, LeaderExited _, Stopping _ -> true;
      case Down _, Waiting _, Backoff _, Ended _ -> false;
    };
  }

  /**
   * Like equals, but checks identity and class first, since linking a record's equals would delay
   * the first start and the end.
   */
  @SuppressWarnings("ReferenceEquality")
  default boolean isSame(ProcessState other) {
    return this == other || (getClass() == other.getClass() && equals(other));
  }
}
