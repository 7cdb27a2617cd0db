package jlocal.terminal;

import java.util.function.IntSupplier;

/**
 * What happens to a line wider than the terminal.
 *
 * @param columns how wide the terminal is now; asked once a line
 */
public record Fit(Mode mode, IntSupplier columns) {
  /** nf's two ways, and the usual one. */
  public enum Mode {
    /** The terminal sees to it. */
    LEAVE,
    /** The rest of the line is dropped. */
    TRIM,
    /** The rest stands below, beside a blank prefix. */
    WRAP
  }

  /** Lines as long as they are; for all that is not a terminal. */
  public static final Fit LEAVE = new Fit(Mode.LEAVE, () -> Integer.MAX_VALUE);
}
