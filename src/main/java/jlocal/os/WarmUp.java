package jlocal.os;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;

/**
 * What the JVM does once and would do between the command line and the first process: meanwhile it
 * can be done on another core. All of it happens by itself where it has not been foreseen.
 */
public final class WarmUp {
  private WarmUp() {}

  /** Begins with what the start of processes takes; returns at once. */
  public static void forProcesses() {
    begin(WarmUp::readyProcesses);
  }

  /** A failure here happens again where the result is needed, and is reported there. */
  private static void begin(Runnable what) {
    Threads.optional(
        "warm-up",
        () -> {
          Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
          what.run();
        });
  }

  private static void readyProcesses() {
    // Before its first address, the JDK reads the file of its security properties.
    Ports.isFree(0);
    // The JDK looks in the jar for a logger that logs every process that it starts.
    System.getLogger(ProcessBuilder.class.getName()).isLoggable(System.Logger.Level.DEBUG);
  }

  /** Begins with what a call to a running app takes; returns at once. */
  public static void forCalls() {
    begin(WarmUp::readyCalls);
  }

  /** Before its first local socket, the JDK looks for a source of random names; none is needed. */
  private static void readyCalls() {
    try {
      SocketChannel.open(StandardProtocolFamily.UNIX).close();
    } catch (IOException _) {
      // The call itself will say why.
    }
  }

  /** Begins to make pipes for children without a terminal; returns at once. */
  public static void forPipes() {
    begin(Fifo::prepare);
  }

  /** Begins with what a child's terminal takes, 40 ms each; returns at once. */
  public static void forTerminals() {
    begin(Terminal::warmUp);
    begin(Machine::hasNativeAccess);
  }
}
