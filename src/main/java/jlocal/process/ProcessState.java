package jlocal.process;

import jlocal.os.ExitStatus;

/** What an instance does now. Whether it should run is {@link Instance#wanted()}. */
public sealed interface ProcessState {
  /** It has no process and is not to have one. */
  record Down() implements ProcessState {}

  /** It is to be started when what it is after is ready. */
  record Waiting() implements ProcessState {}

  /** The system was asked for a process and has not answered. */
  record Spawning() implements ProcessState {}

  /** It runs, but is not known to be ready. */
  record Starting(long pid) implements ProcessState {}

  /** It is ready, by the evidence of its type: {@link jlocal.formation.Readiness}. */
  record Up(long pid) implements ProcessState {}

  /** Its leader has exited by itself; some of its group run on, or its output is still read. */
  record LeaderExited(long pid, ExitStatus status, StopSignal sent) implements ProcessState {}

  /** It was told to end. */
  record Stopping(long pid, StopSignal sent) implements ProcessState {}

  /** It crashed, or could not be started, and will be started again after a pause. */
  record Backoff(ExitStatus last) implements ProcessState {}

  /** It ended by itself and is not started again. */
  record Ended(ExitStatus last) implements ProcessState {}

  /** The last signal its group got from jlocal. */
  enum StopSignal {
    NONE,
    TERM,
    KILL
  }

  /** The word a user sees. */
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

  /** Whether some process of it may run. */
  default boolean isAlive() {
    return switch (this) {
      case Spawning _, Starting _, Up _, LeaderExited _, Stopping _ -> true;
      case Down _, Waiting _, Backoff _, Ended _ -> false;
    };
  }

  /** Equals; identity and class first: to link a record's delays the first start and the end. */
  @SuppressWarnings("ReferenceEquality")
  default boolean isSame(ProcessState other) {
    return this == other || (getClass() == other.getClass() && equals(other));
  }
}
