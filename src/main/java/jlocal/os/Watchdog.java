package jlocal.os;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A small shell in a session of its own that ends the app when jlocal cannot: killed with -9, out
 * of memory. It notices because a pipe that only jlocal holds comes to its end. Any thread may
 * call.
 */
public final class Watchdog implements AutoCloseable {
  private static final String SCRIPT = "JLOCAL_WATCHDOG";

  /** The script is not among the arguments: ps would show all of it. */
  private static final String RUN = "eval \"$" + SCRIPT + "\"";

  private final @Nullable OutputStream ear;

  private Watchdog(@Nullable OutputStream ear) {
    this.ear = ear;
  }

  /**
   * Starts it. An app runs as well without one, so it is no error when the system refuses.
   *
   * @param grace between TERM and KILL
   */
  static Watchdog start(RunId run, Duration grace, Orphanage orphanage) {
    var argv = new ArrayList<>(Session.available().wrapper());
    String tenths = Long.toString(grace.toMillis() / 100);
    argv.addAll(List.of("/bin/sh", "-c", RUN, "jlocal-watchdog", run.toString(), tenths));
    var builder =
        new ProcessBuilder(argv)
            .directory(Path.of("/").toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put(SCRIPT, script());
    try {
      return new Watchdog(orphanage.start(builder::start).getOutputStream());
    } catch (IOException _) {
      return new Watchdog(null);
    }
  }

  /** A child's group is part of the app. */
  public void watch(long group) {
    tell("+" + group);
  }

  /** Nothing is left of the group: its number may soon be another's. */
  public void forget(long group) {
    tell("-" + group);
  }

  /** The app has ended in order. */
  @Override
  public void close() {
    tell("bye");
  }

  private synchronized void tell(String word) {
    if (ear == null) return;
    try {
      ear.write((word + "\n").getBytes(StandardCharsets.US_ASCII));
      ear.flush();
    } catch (IOException _) {
      // It was killed; the app runs on without it.
    }
  }

  private static String script() {
    try (InputStream file = Watchdog.class.getResourceAsStream("watchdog.sh")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new LinkageError("the jar is broken", e);
    }
  }
}
