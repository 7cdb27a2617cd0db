package jlocal.app;

import java.nio.file.Path;
import java.util.List;
import jlocal.os.Signal;
import jlocal.os.Strays;

/** What an earlier run of the app left behind because it and its watchdog were killed. */
public final class Leftovers {
  private Leftovers() {}

  /**
   * Ends them, so that they do not hold ports or work twice.
   *
   * @return what was found, as sentences; none if nothing was
   */
  public static List<String> end(Path root) {
    int found = Strays.leftIn(root).signal(Signal.KILL);
    if (found == 0) return List.of();
    String processes = found == 1 ? "1 process" : found + " processes";
    return List.of("ended " + processes + " that an earlier run of this app had left behind");
  }
}
