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
 * Runs a program that jlocal needs the answer of, to its end. What runs on without jlocal (a
 * browser, a detached app) is started by the JDK: zt-exec reads what its processes write, so they
 * would write into a broken pipe when jlocal has ended. Kept off the path to the first child.
 */
public final class Helper {
  private Helper() {}

  /**
   * How it ended.
   *
   * @param output what it wrote to stdout and stderr, decoded from UTF-8
   */
  public record Result(int status, String output) {}

  /**
   * Runs a program with an empty stdin; it is ended with jlocal, and when the time is over.
   *
   * @param environment laid over this process's environment; null takes a name out
   * @throws IOException when it cannot be started, does not end in time, or the thread was
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
   * Runs a program in the terminal of this JVM, and waits for it; Ctrl-C is the program's, and what
   * ends this JVM ends it.
   *
   * @return its exit status as a shell reports it
   * @throws IOException when it cannot be started
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
