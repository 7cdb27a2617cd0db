package jlocal.os;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Signals sent to jlocal. */
public final class Signals {
  private Signals() {}

  /**
   * Runs {@code action} on a thread of the JVM each time {@code signal} arrives. Never SIG_IGN: an
   * ignored signal would be inherited by every child.
   */
  public static void on(Signal signal, Runnable action) {
    sun.misc.Signal.handle(new sun.misc.Signal(signal.name()), _ -> action.run());
  }

  /** Whether a process ignores the signal; false where the system does not tell. proc(5) */
  public static boolean isIgnoredBy(long pid, Signal signal) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
          .anyMatch(mask -> (mask >>> (signal.number() - 1) & 1) == 1);
    } catch (IOException | UncheckedIOException _) {
      return false;
    }
  }
}
