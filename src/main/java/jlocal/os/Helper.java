package jlocal.os;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.zeroturnaround.exec.ProcessExecutor;

/**
 * Runs a program to its end and returns its output. Programs that outlive jlocal (a browser, a
 * detached app) are started by the JDK instead: zt-exec reads their output, so they would write
 * into a broken pipe once jlocal has ended. Not used before the first child, for start-up time.
 */
public final class Helper {
  private Helper() {}

  /**
   * The result of a program.
   *
   * @param output its stdout and stderr, decoded from UTF-8
   */
  public record Result(int status, String output) {}

  /**
   * Runs a program with an empty stdin; it is killed when jlocal ends, and at the timeout.
   *
   * @param environment overlays this process's environment; null removes a variable
   * @throws IOException if it cannot be started, does not end in time, or the thread was
   *     interrupted; the message says so
   */
  public static Result run(
      List<String> command, Map<String, @Nullable String> environment, Duration timeout)
      throws IOException {
    try {
      var result =
          new ProcessExecutor(command)
              .environment(environment)
              .readOutput(true)
              .destroyOnExit()
              .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
              .execute();
      return new Result(result.getExitValue(), result.outputUTF8());
    } catch (TimeoutException _) {
      throw new IOException("it has not ended within " + timeout.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /**
   * Runs a program in this terminal and waits for it. Ctrl-C goes to the program; the end of this
   * JVM ends it.
   *
   * @return its exit status as a shell reports it
   * @throws IOException if it cannot be started
   */
  public static int inTerminal(Launch launch) throws IOException {
    var builder =
        new ProcessBuilder(launch.argv()).directory(launch.directory().toFile()).inheritIO();
    CallerEnvironment.apply(launch.environment(), builder.environment());
    Signals.on(Signal.INT, () -> {});
    try {
      Process program = builder.start();
      Signals.on(Signal.TERM, program::destroy);
      Signals.on(Signal.HUP, program::destroy);
      return program.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
