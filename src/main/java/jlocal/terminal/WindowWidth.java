package jlocal.terminal;

import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** The width of a window that may be resized; asked for a few times a second, not for each line. */
public final class WindowWidth implements IntSupplier {
  private static final long FRESH = TimeUnit.MILLISECONDS.toNanos(100);

  private final IntSupplier columns;
  private final LongSupplier nanoTime;
  private int known;
  private long askedAt;

  /**
   * @param columns asks the window, which may take some microseconds
   */
  public WindowWidth(IntSupplier columns) {
    this(columns, System::nanoTime);
  }

  WindowWidth(IntSupplier columns, LongSupplier nanoTime) {
    this.columns = columns;
    this.nanoTime = nanoTime;
  }

  /** In columns; as it was at most 100 ms ago. For one thread. */
  @Override
  public int getAsInt() {
    long now = nanoTime.getAsLong();
    if (known == 0 || now - askedAt > FRESH) {
      known = columns.getAsInt();
      askedAt = now;
    }
    return known;
  }
}
