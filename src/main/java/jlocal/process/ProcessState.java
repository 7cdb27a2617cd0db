package jlocal.process;

import jlocal.os.ExitStatus;

/** Where an instance is in its life. What it should be is {@link Instance#wanted()}. */
public sealed interface ProcessState {
  /** Nobody wants it to run. */
  record Down() implements ProcessState {}

  /** The system was asked for a process and has not answered. */
  record Spawning() implements ProcessState {}

  /** It runs, but is not known to be ready. */
  record Starting(long pid) implements ProcessState {}

  /** It is ready: web accepts connections, any other has lived a second. */
  record Up(long pid) implements ProcessState {}

  /**
   * Its leader has exited by itself; some of its group, or somebody holding its output, has not.
   */
  record Lingering(long pid, ExitStatus status, Pressure pressure) implements ProcessState {}

  /** It was told to end. */
  record Stopping(long pid, Pressure pressure) implements ProcessState {}

  /** It crashed and will be started again. */
  record CoolingOff(ExitStatus last) implements ProcessState {}

  /** It ended by itself and stays so. */
  record Ended(ExitStatus last) implements ProcessState {}

  /** How hard a process was asked to end. */
  enum Pressure {
    NONE,
    TERMINATED,
    KILLED
  }

  /** The word a user sees. */
  default String word() {
    return switch (this) {
      case Down _ -> "down";
      case Spawning _, Starting _ -> "starting";
      case Up _ -> "up";
      case Stopping _ -> "stopping";
      case CoolingOff _ -> "crashed";
      case Lingering(_, var status, _) -> status.isClean() ? "exited" : "crashed";
      case Ended(var status) -> status.isClean() ? "exited" : "crashed";
    };
  }

  /** Whether something of it may still run. */
  default boolean isAlive() {
    return switch (this) {
      case Spawning _, Starting _, Up _, Lingering _, Stopping _ -> true;
      case Down _, CoolingOff _, Ended _ -> false;
    };
  }
}
