package jlocal.app;

import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import jlocal.logs.Announcer;
import jlocal.os.Cgroup;
import jlocal.os.RunProcesses;
import org.jspecify.annotations.Nullable;

/** What an earlier run of the app left behind because it and its watchdog were killed. */
public final class Leftovers {
  private static final int ROUNDS = 200;
  private static final long PAUSE = 5_000_000;

  private Leftovers() {}

  /**
   * Ends them, so that they do not hold ports or work twice. To look at every process of the
   * machine takes tens of milliseconds: a start does so when it finds a port taken, else after it
   * has started its own.
   *
   * @return what was found, as a sentence; null if nothing was
   */
  public static @Nullable String end(Path root, Cgroup cgroup) {
    RunProcesses left = RunProcesses.leftIn(root, cgroup);
    int found = left.kill().count();
    if (found == 0) return null;
    for (int i = 0; i < ROUNDS && left.kill().count() > 0; i++) LockSupport.parkNanos(PAUSE);
    String processes = found == 1 ? "1 process" : found + " processes";
    return "ended " + processes + " that an earlier run of this app had left behind" + but(left);
  }

  private static String but(RunProcesses left) {
    String still =
        left.remaining().stream().map(Announcer::stillRuns).collect(Collectors.joining("; "));
    return still.isEmpty() ? "" : ", but " + still;
  }
}
