package jlocal.app;

import jlocal.os.Signal;

/** What makes the app end. */
sealed interface StopRequest {
  /** The app has no reason to go on: a verdict over its processes, or its output is gone. */
  record AppEnded(int code) implements StopRequest {}

  record Received(Signal signal) implements StopRequest {}

  /** The key {@code q} in the log. */
  record QuitKey() implements StopRequest {}

  /** {@code jlocal stop} in another terminal. */
  record StopCommand() implements StopRequest {}

  /** The exit code of the app when this is what ends it. */
  default int code() {
    return this instanceof AppEnded(var code) ? code : 0;
  }

  /** How the log names it. */
  default String words() {
    return switch (this) {
      case AppEnded _ -> "the app has ended";
      case Received(var signal) -> signal + " received";
      case QuitKey _ -> "q";
      case StopCommand _ -> "jlocal stop";
    };
  }
}
