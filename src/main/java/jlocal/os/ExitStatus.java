package jlocal.os;

/** How a process ended. */
public sealed interface ExitStatus {
  /** It returned a code, 0 to 255. */
  record Code(int code) implements ExitStatus {}

  /** A signal ended it. */
  record Signaled(Signal signal) implements ExitStatus {}

  /**
   * Reads a shell's exit status. 128+n counts as signal n: shells and the JDK report a signal so,
   * and do not distinguish it from {@code exit 137}.
   */
  static ExitStatus of(int shellStatus) {
    Signal signal = shellStatus > 128 ? Signal.numbered(shellStatus - 128) : null;
    return signal == null ? new Code(shellStatus) : new Signaled(signal);
  }

  /** What {@code $?} holds afterwards: the code, or 128+n for signal n. */
  default int shellStatus() {
    return switch (this) {
      case Code(int code) -> code;
      case Signaled(Signal signal) -> 128 + signal.number();
    };
  }

  default boolean isClean() {
    return shellStatus() == 0;
  }

  /** In Foreman's words. */
  default String sentence() {
    return switch (this) {
      case Code(int code) -> "exited with code " + code;
      case Signaled(Signal signal) -> "terminated by " + signal;
    };
  }
}
