package jlocal.os;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;

/**
 * Runs the JVM's one-time initializations on another core, which would otherwise delay the first
 * process. All of them also happen on first use.
 */
public final class WarmUp {
  private WarmUp() {}

  /** Starts the initializations for processes; returns at once. */
  public static void forProcesses() {
    begin(WarmUp::readyProcesses);
  }

  /** Runs an initialization; a failure recurs, and is reported, where the result is needed. */
  private static void begin(Runnable what) {
    Threads.optional(
        "warm-up",
        () -> {
          Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
          what.run();
        });
  }

  private static void readyProcesses() {
    // The JDK searches the jar for a logger of process starts.
    System.getLogger(ProcessBuilder.class.getName()).isLoggable(System.Logger.Level.DEBUG);
  }

  /** Starts the initializations for calls to a running app; returns at once. */
  public static void forCalls() {
    begin(WarmUp::readyCalls);
  }

  /** Opens a first local socket, for which the JDK looks for an unneeded source of random names. */
  private static void readyCalls() {
    try {
      SocketChannel.open(StandardProtocolFamily.UNIX).close();
    } catch (IOException _) {
      // The call itself will report it.
    }
  }

  /** Starts to create pipes for children without a terminal; returns at once. */
  public static void forPipes() {
    begin(Fifo::prepare);
  }

  /** Starts the initializations for a child's terminal, 40 ms each; returns at once. */
  public static void forTerminals() {
    begin(Terminal::warmUp);
    begin(Machine::hasNativeAccess);
  }
}
