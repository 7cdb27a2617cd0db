package jlocal.terminal;

import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** How lines wider than the terminal are shown. For one thread. */
public final class LongLines {
  /** The modes of nf, and the terminal's own. */
  public enum Mode {
    /** The terminal wraps lines itself. */
    LEAVE,
    /** Cuts the line. */
    TRIM,
    /** Continues below, beside a blank prefix. */
    WRAP
  }

  /** Leaves lines as they are; for outputs that are not terminals. */
  public static final LongLines LEAVE = new LongLines(Mode.LEAVE, () -> Integer.MAX_VALUE);

  /** How long a width is cached; the terminal may be resized. */
  private static final long WIDTH_LIFETIME = TimeUnit.MILLISECONDS.toNanos(100);

  private final Mode mode;
  private final IntSupplier terminal;
  private final LongSupplier nanoTime;
  private int width;
  private long askedAt;

  /**
   * Fits lines to a terminal.
   *
   * @param terminal returns its current width in columns; may take some microseconds
   */
  public LongLines(Mode mode, IntSupplier terminal) {
    this(mode, terminal, System::nanoTime);
  }

  LongLines(Mode mode, IntSupplier terminal, LongSupplier nanoTime) {
    this.mode = mode;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
  }

  Mode mode() {
    return mode;
  }

  /** Returns the terminal's width, at most 100 ms old. */
  int columns() {
    long now = nanoTime.getAsLong();
    if (width == 0 || now - askedAt > WIDTH_LIFETIME) {
      width = terminal.getAsInt();
      askedAt = now;
    }
    return width;
  }
}
