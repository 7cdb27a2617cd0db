package jlocal.os;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Runs commands whose exit status says whether a process is ready. */
public final class ProbeCommand {
  private ProbeCommand() {}

  /**
   * Runs a command to its end, discarding its output; any thread.
   *
   * @param limit the time after which it and its children are killed
   * @return why it failed; null if it exited with 0
   */
  public static @Nullable String failure(Launch launch, Duration limit) {
    var builder =
        new ProcessBuilder(launch.argv())
            .directory(launch.directory().toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD);
    CallerEnvironment.apply(launch.environment(), builder.environment());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return SpawnFailure.from(e).getMessage();
    }
    try {
      if (process.waitFor(limit)) {
        int status = process.exitValue();
        return status == 0 ? null : "exits with " + status;
      }
      return "has not ended after " + limit.toSeconds() + " s";
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return "interrupted";
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
