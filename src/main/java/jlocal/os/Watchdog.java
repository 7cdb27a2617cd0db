package jlocal.os;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
  private static final Duration LAST_WORD = Duration.ofSeconds(1);

  private final BlockingQueue<String> words = new LinkedBlockingQueue<>();
  private final Cgroup cgroup;
  private final Orphanage orphanage;
  private final ProcessBuilder dog;
  private final Thread keeper = Thread.ofPlatform().name("watchdog").daemon().unstarted(this::pass);

  /**
   * One that sleeps until it is {@link #wake}d. An app runs as well without one, so it is no error
   * when the system refuses.
   *
   * @param grace between TERM and KILL
   */
  Watchdog(RunId run, Duration grace, Cgroup cgroup, Orphanage orphanage) {
    this.cgroup = cgroup;
    this.orphanage = orphanage;
    var argv = new ArrayList<>(Session.available().wrapper());
    String tenths = Long.toString(grace.toMillis() / 100);
    argv.addAll(List.of("/bin/sh", "-c", RUN, NAME, run.toString(), tenths));
    dog =
        new ProcessBuilder(argv)
            .directory(Path.of("/").toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  /** Whether this process is a watchdog, of whatever run; proc(5). */
  static boolean isOne(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1)
          .contains(RUN + "\0" + NAME + "\0");
    } catch (IOException _) {
      return false; // It is gone.
    }
  }

  /** Starts it, on a thread of its own; from then on it also finds groups it was not told of. */
  public void wake() {
    keeper.start();
  }

  /** A child's group is part of the app. */
  public void watch(long group) {
    tell("+" + group);
  }

  /** Nothing is left of the group: its number may soon be another's. */
  public void forget(long group) {
    tell("-" + group);
  }

  /** The app has ended in order; the watchdog knows when this returns. */
  @Override
  public void close() {
    tell(BYE);
    try {
      keeper.join(LAST_WORD);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(String word) {
    words.add(word);
  }

  /** Passes the words on to the process, one after the other. */
  private void pass() {
    dog.environment().put(SCRIPT, WatchdogScript.TEXT);
    dog.command().add(String.valueOf(Objects.requireNonNullElse(cgroup.folder(), "")));
    try {
      Process process = cgroup.host(() -> orphanage.start(dog::start).process());
      passTo(process.getOutputStream());
      process.waitFor(); // A JVM that waits for a process in native code takes 300 ms to end.
    } catch (IOException | InterruptedException _) {
      // It was killed, or never was; the app runs on without it.
    }
  }

  private void passTo(OutputStream stdin) throws IOException, InterruptedException {
    try (stdin) {
      String word;
      do {
        word = words.take();
        stdin.write((word + "\n").getBytes(StandardCharsets.US_ASCII));
        stdin.flush();
      } while (!word.equals(BYE));
    }
  }
}
