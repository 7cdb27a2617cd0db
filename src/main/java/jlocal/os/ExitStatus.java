package jlocal.os;

/** The exit status of a process. */
public sealed interface ExitStatus {
  /** It exited with a code, 0 to 255. */
  record Code(int code) implements ExitStatus {}

  /** A signal terminated it. */
  record Signaled(Signal signal) implements ExitStatus {}

  /**
   * Converts a shell's exit status. 128+n counts as signal n: shells and the JDK report a signal
   * like {@code exit 137}.
   */
  static ExitStatus of(int shellStatus) {
    Signal signal = shellStatus > 128 ? Signal.numbered(shellStatus - 128) : null;
    return signal == null ? new Code(shellStatus) : new Signaled(signal);
  }

  /** The value of {@code $?}: the code, or 128+n for signal n. */
  default int shellStatus() {
    return switch (this) {
      case Code(int code) -> code;
      case Signaled(Signal signal) -> 128 + signal.number();
    };
  }

  default boolean isClean() {
    return shellStatus() == 0;
  }

  /** Describes it in Foreman's words. */
  default String sentence() {
    return switch (this) {
      case Code(int code) -> "exited with code " + code;
      case Signaled(Signal signal) -> "terminated by " + signal;
    };
  }
}
