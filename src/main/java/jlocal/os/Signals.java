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
   * ignored signal would be inherited by every child. Of those jlocal was started with as ignored
   * only HUP stays so, which is what nohup(1) asks for; a script's {@code jlocal start &} comes
   * with INT ignored, and {@code kill -INT} must end it all the same.
   */
  public static void on(Signal signal, Runnable action) {
    boolean stillIgnored = handle(signal, action);
    if (!stillIgnored || signal == Signal.HUP || !Native.available()) return;
    Libc.handleByDefault(signal.number());
    handle(signal, action);
  }

  /** Whether the signal was ignored from the start: then the JVM leaves it so. */
  private static boolean handle(Signal signal, Runnable action) {
    var before = sun.misc.Signal.handle(new sun.misc.Signal(signal.name()), _ -> action.run());
    return before.equals(sun.misc.SignalHandler.SIG_IGN);
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
