package jlocal.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import jlocal.logs.EventMessages;
import jlocal.os.Cgroup;
import jlocal.os.LiveProcess;
import jlocal.os.RunProcesses;
import org.jspecify.annotations.Nullable;

/** Processes left by an earlier run of the app that was killed together with its watchdog. */
public final class LeftoverProcesses {
  private static final int MAX_ROUNDS = 5;
  private static final Duration EXIT_TIMEOUT = Duration.ofMillis(200);

  private LeftoverProcesses() {}

  /**
   * Ends them, so that they do not hold ports or do work twice. Scanning all processes takes tens
   * of milliseconds: a start does so when a port is busy, else after starting its own processes.
   *
   * @return a sentence that describes them; null if there were none
   */
  public static @Nullable String end(Path root, Cgroup cgroup) {
    RunProcesses left = RunProcesses.leftIn(root, cgroup);
    List<LiveProcess> found = left.remaining();
    if (found.isEmpty()) return null;
    List<LiveProcess> still = found;
    for (int i = 0; i < MAX_ROUNDS && !still.isEmpty(); i++) {
      left.kill();
      awaitExit(still);
      still = left.remaining();
    }
    String processes = found.size() == 1 ? "1 process" : found.size() + " processes";
    return "ended " + processes + " that an earlier run of this app had left behind" + but(still);
  }

  private static String but(List<LiveProcess> remaining) {
    String still =
        remaining.stream().map(EventMessages::stillRuns).collect(Collectors.joining("; "));
    return still.isEmpty() ? "" : ", but " + still;
  }

  private static void awaitExit(List<LiveProcess> processes) {
    var exits =
        processes.stream()
            .flatMap(process -> ProcessHandle.of(process.pid()).stream())
            .map(ProcessHandle::onExit)
            .toArray(CompletableFuture[]::new);
    var _ =
        CompletableFuture.allOf(exits)
            .completeOnTimeout(null, EXIT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
            .join();
  }
}
