package jlocal.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A command of {@code jlocal run}. The launcher's shell becomes the command ({@link Handover}), so
 * that signals, job control, the exit status and the terminal are exactly those of the command.
 * Without a launcher ({@code java -jar}) the command is a child of this JVM.
 */
public final class OneOff {
  /** What shells say of a command that is not there, and of one that may not be run. */
  private static final int NOT_FOUND = 127;

  private static final int NOT_EXECUTABLE = 126;

  private OneOff() {}

  /**
   * Why the command cannot be run: there is none (127), or it may not be run (126). Null when
   * nothing is in its way.
   */
  public static @Nullable Failure obstacle(Launch launch) {
    String program = find(launch);
    if (program == null) {
      return new Failure(NOT_FOUND, "command not found: " + launch.argv().getFirst());
    }
    if (Files.isExecutable(Path.of(program)) && !Files.isDirectory(Path.of(program))) return null;
    return new Failure(NOT_EXECUTABLE, "permission denied: " + program);
  }

  /**
   * Runs the command as a child in the terminal of this JVM and waits for it.
   *
   * @return its exit status as a shell reports it
   */
  public static int accompany(Launch launch) throws SpawnFailure {
    var builder =
        new ProcessBuilder(launch.argv()).directory(launch.directory().toFile()).inheritIO();
    CallerEnvironment.apply(launch.environment(), builder.environment());
    var child = new CompletableFuture<Process>();
    // Ctrl-C reaches the child by itself, being in our group; what is sent to us alone is passed
    // on.
    Signals.on(Signal.INT, () -> {});
    for (Signal signal : List.of(Signal.TERM, Signal.HUP)) {
      // One that comes before the child is there waits for it.
      Signals.on(signal, () -> child.join().destroy());
    }
    try {
      child.complete(builder.start());
      return child.join().waitFor();
    } catch (IOException e) {
      throw SpawnFailure.from(e);
    } catch (InterruptedException e) {
      throw new SpawnFailure("interrupted", e);
    }
  }

  /**
   * Why there is no command.
   *
   * @param code the exit code to end with
   */
  public record Failure(int code, String reason) {}

  private static @Nullable String find(Launch launch) {
    String command = launch.argv().getFirst();
    if (command.contains("/")) {
      Path file = launch.directory().resolve(command);
      return Files.exists(file) ? file.toString() : null;
    }
    String path =
        launch.environment().containsKey("PATH")
            ? launch.environment().get("PATH")
            : System.getenv("PATH");
    return findInPath(command, path == null ? "/usr/bin:/bin" : path);
  }

  private static @Nullable String findInPath(String command, String path) {
    String forbidden = null;
    for (String folder : path.split(":", -1)) {
      Path file = Path.of(folder.isEmpty() ? "." : folder).resolve(command).toAbsolutePath();
      if (!Files.isRegularFile(file)) continue;
      if (Files.isExecutable(file)) return file.toString();
      forbidden = file.toString();
    }
    return forbidden;
  }
}
