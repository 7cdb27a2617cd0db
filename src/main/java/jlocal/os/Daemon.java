package jlocal.os;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A second jlocal, detached from the terminal. */
public final class Daemon {
  private static final String MARK = "jlocal.detached";
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  private Daemon() {}

  /** Whether this process is one. */
  public static boolean isThis() {
    return System.getProperty(MARK) != null;
  }

  /**
   * Starts a daemon with the Java and the jar of this process, in a session of its own, so that it
   * outlives the terminal. Its standard output is discarded; its standard error can be read from
   * the returned process.
   *
   * @param words its command line: a command of jlocal and its arguments
   */
  public static Process start(List<String> words) throws IOException {
    var argv = new ArrayList<>(SessionLeader.available().wrapper());
    argv.addAll(Signals.blocker());
    List<String> own = commandLine();
    argv.add(own.getFirst());
    argv.add("-D" + MARK + "=1");
    own.subList(1, own.indexOf("-jar") + 2).stream()
        .filter(word -> !word.startsWith("-Djlocal.tty"))
        .forEach(argv::add);
    argv.addAll(words);
    return new ProcessBuilder(argv)
        .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(Redirect.DISCARD)
        .start();
  }

  /**
   * Closes standard error, which tells the process that started this daemon that it answers
   * requests, or never will. Does nothing in other processes.
   */
  public static void ready() {
    if (!isThis()) return;
    try {
      new FileOutputStream(FileDescriptor.err).close(); // It is /dev/null from now on.
    } catch (IOException _) {
      // Closed already.
    }
  }

  /** Tells the process that started this daemon that it cannot work and will end. */
  public static void failed(String sentence) {
    if (!isThis()) return;
    try (var err = new FileOutputStream(FileDescriptor.err)) {
      err.write(("jlocal: " + sentence + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // That process has ended.
    }
  }

  /** ProcessHandle truncates long command lines. */
  private static List<String> commandLine() throws IOException {
    var self = ProcessHandle.current().info();
    String java =
        self.command()
            .orElseThrow(() -> new IOException("the command line of this process is unknown"));
    var words = new ArrayList<>(List.of(java));
    if (Files.exists(COMMAND_LINE)) {
      String[] all =
          new String(Files.readAllBytes(COMMAND_LINE), StandardCharsets.UTF_8).split("\0", -1);
      words.addAll(Arrays.asList(all).subList(1, all.length - 1));
    } else {
      words.addAll(Arrays.asList(self.arguments().orElse(new String[0])));
    }
    return words;
  }
}
