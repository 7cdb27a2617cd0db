package jlocal.os;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Sends signals: by kill(2), or by kill(1) where the JVM has no way to call it. */
final class Kill {
  private static final int NO_SUCH_PROCESS = -3;

  /** EPERM: there is such a process, but it runs as another user. */
  private static final int NOT_PERMITTED = -1;

  private static final Duration PROGRAM_TIMEOUT = Duration.ofSeconds(5);

  private Kill() {}

  /**
   * Signals a process, or a whole group.
   *
   * @param target a pid, or minus a process group's id
   * @return whether there is such a process or group, and the signal may be sent to it, or to one
   *     of the group
   */
  static boolean send(long target, Signal signal) {
    return send(target, signal.number(), signal.name()) == 0;
  }

  /** Whether there is such a process or group; zombies count. */
  static boolean isThere(long target) {
    int result = send(target, 0, "0");
    return result == 0 || result == NOT_PERMITTED;
  }

  /** Whether this user may signal the process, if it is there. */
  static boolean isAllowed(long pid) {
    return send(pid, 0, "0") != NOT_PERMITTED;
  }

  private static int send(long target, int number, String name) {
    return Machine.hasNativeAccess() ? Libc.kill(target, number) : sendByProgram(target, name);
  }

  /** kill(1). */
  static int sendByProgram(long target, String name) {
    try {
      var command = List.of("kill", "-s", name, "--", Long.toString(target));
      return Helper.run(command, Map.of(), PROGRAM_TIMEOUT).status() == 0 ? 0 : NO_SUCH_PROCESS;
    } catch (IOException _) {
      return NO_SUCH_PROCESS;
    }
  }
}
