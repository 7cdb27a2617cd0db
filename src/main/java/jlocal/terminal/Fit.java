package jlocal.terminal;

import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** What happens to a line wider than the terminal. For one thread. */
public final class Fit {
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

  /** How long a width is used before the terminal is asked again: it may have been resized. */
  private static final long WIDTH_LIFETIME = TimeUnit.MILLISECONDS.toNanos(100);

  private final Mode mode;
  private final IntSupplier terminal;
  private final LongSupplier nanoTime;
  private int width;
  private long askedAt;

  /**
   * Fits lines to a terminal.
   *
   * @param terminal how many columns it has now; may take some microseconds
   */
  public Fit(Mode mode, IntSupplier terminal) {
    this(mode, terminal, System::nanoTime);
  }

  Fit(Mode mode, IntSupplier terminal, LongSupplier nanoTime) {
    this.mode = mode;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
  }

  Mode mode() {
    return mode;
  }

  /** How wide the terminal is, or was at most 100 ms ago. */
  int columns() {
    long now = nanoTime.getAsLong();
    if (width == 0 || now - askedAt > WIDTH_LIFETIME) {
      width = terminal.getAsInt();
      askedAt = now;
    }
    return width;
  }
}
