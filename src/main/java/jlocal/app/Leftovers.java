package jlocal.app;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import jlocal.os.Strays;

/** What an earlier run of the app left behind because it and its watchdog were killed. */
public final class Leftovers {
  private static final int ROUNDS = 200;
  private static final long PAUSE = 5_000_000;

  private Leftovers() {}

  /**
   * Ends them, so that they do not hold ports or work twice.
   *
   * @return what was found, as sentences; none if nothing was
   */
  public static List<String> end(Path root) {
    Strays left = Strays.leftIn(root);
    int found = left.kill();
    if (found == 0) return List.of();
    for (int i = 0; i < ROUNDS && left.kill() > 0; i++) LockSupport.parkNanos(PAUSE);
    String processes = found == 1 ? "1 process" : found + " processes";
    return List.of("ended " + processes + " that an earlier run of this app had left behind");
  }
}
