package jlocal.process;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** Chooses, from the ports that web has opened, the one that serves requests. Pure. */
final class ServedPort {
  /**
   * Ports that are never probed: debuggers (node, Chrome, the JVM, Python, Go, Ruby) would report a
   * failed attach, and databases an attack.
   */
  private static final Set<Integer> NEVER =
      Set.of(9229, 9230, 9222, 5005, 5678, 2345, 12345, 3306, 5432, 6379, 11211, 27017);

  private ServedPort() {}

  /** Whether the port may serve pages. */
  static boolean isCandidate(int port) {
    return !NEVER.contains(port);
  }

  /**
   * Chooses its PORT if that is open; else the port it was last reached at, if still open; else the
   * lowest port that responds to a GET with a page, else the lowest that responds with another
   * status.
   *
   * @param now the port it was last reached at; initially its PORT
   * @param answers the status line of each open port's response to a GET
   * @return {@code now} if no port is suitable
   */
  static int choose(int port, int now, boolean isOpen, SortedMap<Integer, String> answers) {
    if (isOpen) return port;
    if (answers.containsKey(now)) return now;
    for (String status : new String[] {"[23]\\d\\d", "(?!400|426)[45]\\d\\d"}) {
      for (Map.Entry<Integer, String> each : answers.entrySet()) {
        // 400 comes from node's debugger or a TLS server, 426 from a WebSocket server.
        if (each.getValue().matches("HTTP/1\\.[01] " + status + "( .*)?")) return each.getKey();
      }
    }
    return now;
  }
}
