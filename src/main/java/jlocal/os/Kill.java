package jlocal.os;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Sends signals by kill(2), or by kill(1) if the JVM cannot call it. */
final class Kill {
  private static final int NO_SUCH_PROCESS = -3;

  /** EPERM: the process exists but runs as another user. */
  private static final int NOT_PERMITTED = -1;

  private static final Duration PROGRAM_TIMEOUT = Duration.ofSeconds(5);

  private Kill() {}

  /**
   * Signals a process or a group.
   *
   * @param target a pid, or minus a process group's id
   * @return whether the process or group exists and may be signalled
   */
  static boolean send(long target, Signal signal) {
    return send(target, signal.number(), signal.name()) == 0;
  }

  /** Whether the process or group exists, counting zombies. */
  static boolean isThere(long target) {
    int result = send(target, 0, "0");
    return result == 0 || result == NOT_PERMITTED;
  }

  /** Whether this user may signal the process, if it exists. */
  static boolean isAllowed(long pid) {
    return send(pid, 0, "0") != NOT_PERMITTED;
  }

  private static int send(long target, int number, String name) {
    return Machine.hasNativeAccess() ? Libc.kill(target, number) : sendByProgram(target, name);
  }

  /** Runs kill(1). */
  static int sendByProgram(long target, String name) {
    try {
      var command = List.of("kill", "-s", name, "--", Long.toString(target));
      return Helper.run(command, Map.of(), PROGRAM_TIMEOUT).status() == 0 ? 0 : NO_SUCH_PROCESS;
    } catch (IOException _) {
      return NO_SUCH_PROCESS;
    }
  }
}
