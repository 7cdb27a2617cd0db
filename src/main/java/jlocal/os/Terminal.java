package jlocal.os;

import java.util.Objects;

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
   * launcher the JDK tells for all of them at once.
   */
  public static boolean is(Stream stream) {
    int descriptor =
        switch (stream) {
          case IN -> 0;
          case OUT -> 1;
          case ERR -> 2;
        };
    if (System.getProperty("jlocal.launched") != null) {
      return System.getProperty("jlocal.tty" + descriptor) != null;
    }
    return Objects.requireNonNull(System.console()).isTerminal(); // never null since JDK 22
  }
}
