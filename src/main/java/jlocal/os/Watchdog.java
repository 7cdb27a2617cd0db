package jlocal.os;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A small shell in a session of its own that ends the app when jlocal cannot: killed with -9, out
 * of memory. It notices because a pipe that only jlocal holds comes to its end. Any thread may
 * call.
 */
public final class Watchdog implements AutoCloseable {
  private static final String SCRIPT = "JLOCAL_WATCHDOG";

  private static final String NAME = "jlocal-watchdog";

  /** The script is not among the arguments: ps would show all of it. */
  private static final String RUN = "eval \"$" + SCRIPT + "\"";

  private static final String BYE = "bye";
  private static final Duration END_TIMEOUT = Duration.ofSeconds(1);

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Cgroup cgroup;
  private final Subreaper subreaper;
  private final ProcessBuilder builder;
  private final Thread thread = Thread.ofPlatform().name("watchdog").daemon().unstarted(this::pass);

  /**
   * Makes one that {@link #start}s later. An app runs as well without one, so it is no error when
   * the system refuses.
   *
   * @param grace between TERM and KILL
   */
  Watchdog(RunId run, Duration grace, Cgroup cgroup, Subreaper subreaper) {
    this.cgroup = cgroup;
    this.subreaper = subreaper;
    var argv = new ArrayList<>(Session.available().wrapper());
    String tenths = Long.toString(grace.toMillis() / 100);
    argv.addAll(List.of("/bin/sh", "-c", RUN, NAME, run.toString(), tenths));
    builder =
        new ProcessBuilder(argv)
            .directory(Path.of("/").toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  /** Whether this process is a watchdog, of whatever run; proc(5). */
  static boolean isOne(long pid) {
    return ProcFs.read(pid + "/cmdline").contains(RUN + "\0" + NAME + "\0");
  }

  /** Starts it, on a thread of its own; it also finds groups that {@link #watch} did not name. */
  public void start() {
    thread.start();
  }

  /** A child's group is part of the app. */
  public void watch(long group) {
    send("+" + group);
  }

  /** Nothing is left of the group: its number may soon be another's. */
  public void forget(long group) {
    send("-" + group);
  }

  /** The app has ended in order; the watchdog knows when this returns. */
  @Override
  public void close() {
    send(BYE);
    try {
      thread.join(END_TIMEOUT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(String line) {
    lines.add(line);
  }

  /** Starts the process and writes the lines to it, one after the other. */
  private void pass() {
    builder.environment().put(SCRIPT, WatchdogScript.TEXT);
    builder.command().add(String.valueOf(Objects.requireNonNullElse(cgroup.folder(), "")));
    try {
      Process process = subreaper.start(builder).process();
      passTo(process.getOutputStream());
      process.waitFor(); // A JVM that waits for a process in native code takes 300 ms to end.
    } catch (IOException | InterruptedException _) {
      // It was killed, or never was; the app runs on without it.
    }
  }

  private void passTo(OutputStream stdin) throws IOException, InterruptedException {
    try (stdin) {
      String line;
      do {
        line = lines.take();
        stdin.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        stdin.flush();
      } while (!line.equals(BYE));
    }
  }
}
