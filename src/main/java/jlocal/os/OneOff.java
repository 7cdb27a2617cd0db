package jlocal.os;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A command that takes jlocal's place: its terminal, its pipes, its pid. Signals, job control, the
 * exit status and the terminal are then exactly those of the command. A launcher that can take a
 * {@link Handover} makes the change itself, sooner than the JVM can; else the JVM becomes the
 * command, and where it cannot call the C library the command is its child.
 */
public final class OneOff {
  /** What shells say of a command that is not there, and of one that may not be run. */
  private static final int NOT_FOUND = 127;

  private static final int NOT_EXECUTABLE = 126;

  private OneOff() {}

  /** Whether this JVM can be replaced; else its command can only be accompanied. */
  public static boolean canBecome() {
    return Native.available();
  }

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

  /** Replaces this process by the command. Returns only when that failed. */
  public static Failure become(Launch launch) {
    String program = find(launch);
    if (program == null) throw new IllegalArgumentException("see obstacle()");
    int moved = Libc.chdir(launch.directory().toString());
    if (moved != 0) {
      return new Failure(NOT_EXECUTABLE, SpawnFailure.reason(-moved) + ": " + launch.directory());
    }
    closeDescriptors();
    Libc.unblockSignals();
    int refused = Libc.execve(program, launch.argv(), Environ.with(launch.environment()));
    return new Failure(NOT_EXECUTABLE, SpawnFailure.reason(-refused) + ": " + program);
  }

  /**
   * Runs the command as a child in our terminal and waits for it, where jlocal cannot become it.
   *
   * @return its exit status as a shell reports it
   */
  public static int accompany(Launch launch) throws SpawnFailure {
    var builder =
        new ProcessBuilder(launch.argv()).directory(launch.directory().toFile()).inheritIO();
    Caller.apply(launch.environment(), builder.environment());
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

  /** The JVM's own files and sockets are not the command's. */
  private static void closeDescriptors() {
    for (int descriptor : descriptors()) {
      if (descriptor > 2) Libc.closeOnExec(descriptor);
    }
  }

  private static List<Integer> descriptors() {
    var found = new ArrayList<Integer>();
    try (DirectoryStream<Path> folder = Files.newDirectoryStream(Path.of("/dev/fd"))) {
      for (Path descriptor : folder)
        found.add(Integer.valueOf(descriptor.getFileName().toString()));
    } catch (IOException | NumberFormatException _) {
      return found;
    }
    return found;
  }
}
