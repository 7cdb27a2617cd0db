package jlocal.os;

/** The size of a terminal, in characters. */
public record WindowSize(int rows, int columns) {
  /** The default for terminals of unknown size, that of a VT100. */
  public static final WindowSize UNKNOWN = new WindowSize(24, 80);

  private static final int LEAST = 20;

  /** Returns the size with fewer columns, but never too few to be useful. */
  public WindowSize narrower(int columnsTaken) {
    return new WindowSize(rows, Math.max(LEAST, columns - columnsTaken));
  }
}
