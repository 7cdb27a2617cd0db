package jlocal.os;

import java.io.Console;

/** The terminal jlocal was started from, if it was. */
public final class Terminal {
  /** The standard streams, by their descriptors. */
  public enum Stream {
    IN,
    OUT,
    ERR
  }

  private Terminal() {}

  /**
   * Whether the stream is a terminal. The launcher's shell has found it out for nothing; without a
   * launcher the JDK knows for all of them at once.
   */
  @SuppressWarnings(
      "SystemConsoleNull") // it is null when no stream is a terminal, whatever is said
  public static boolean is(Stream stream) {
    if (System.getProperty("jlocal.launched") != null) {
      return System.getProperty("jlocal.tty" + descriptor(stream)) != null;
    }
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /** How much the terminal shows that the stream is. */
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
