package jlocal.os;

import java.io.Console;

/** The terminal jlocal was started from, if any. */
public final class Terminal {
  /** The standard streams, by descriptor. */
  public enum Stream {
    IN,
    OUT,
    ERR
  }

  private Terminal() {}

  /**
   * Whether the stream is a terminal. The launcher's shell has determined this; without a launcher
   * the JDK knows it for all streams together.
   */
  @SuppressWarnings(
      "SystemConsoleNull") // null if no stream is a terminal, despite its documentation
  public static boolean is(Stream stream) {
    if (System.getProperty("jlocal.launched") != null) {
      return System.getProperty("jlocal.tty" + descriptor(stream)) != null;
    }
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /** Returns the size of the terminal. */
  public static WindowSize size(Stream stream) {
    return NativeTerminal.size(descriptor(stream));
  }

  /** Loads what {@link #size} and a child's terminal need. */
  static void warmUp() {
    var _ = NativeTerminal.size(descriptor(Stream.OUT));
  }

  private static int descriptor(Stream stream) {
    return switch (stream) {
      case IN -> 0;
      case OUT -> 1;
      case ERR -> 2;
    };
  }
}
