package jlocal.process;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** Which of the ports that web has opened is the one where it is reached. Pure. */
final class ServedPort {
  /**
   * Never asked: debuggers (node, Chrome, the JVM, Python, Go, Ruby), which would report a failed
   * attach, and databases, which would report an attack.
   */
  private static final Set<Integer> NEVER =
      Set.of(9229, 9230, 9222, 5005, 5678, 2345, 12345, 3306, 5432, 6379, 11211, 27017);

  private ServedPort() {}

  /** Whether a page may be found there. */
  static boolean isCandidate(int port) {
    return !NEVER.contains(port);
  }

  /**
   * Its PORT, if that is open; else where it was reached last, if that still is; else the lowest
   * port that answers a GET with a page, else the lowest that answers with another status.
   *
   * @param now where it was reached last; at first its PORT
   * @param answers the first line of what each open port answers to a GET
   * @return {@code now} when none of them will do
   */
  static int choose(int port, int now, boolean isOpen, SortedMap<Integer, String> answers) {
    if (isOpen) return port;
    if (answers.containsKey(now)) return now;
    for (String status : new String[] {"[23]\\d\\d", "(?!400|426)[45]\\d\\d"}) {
      for (Map.Entry<Integer, String> each : answers.entrySet()) {
        // 400 says a debugger of node or a server that wants TLS, 426 a server of WebSockets only.
        if (each.getValue().matches("HTTP/1\\.[01] " + status + "( .*)?")) return each.getKey();
      }
    }
    return now;
  }
}
