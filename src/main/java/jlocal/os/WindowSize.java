package jlocal.os;

/** How much a terminal shows, in characters. */
public record WindowSize(int rows, int columns) {
  /** The size of a terminal whose size is unknown; that of a VT100. */
  public static final WindowSize UNKNOWN = new WindowSize(24, 80);

  private static final int LEAST = 20;

  /** The same with so many columns less, but never too few to be of use. */
  public WindowSize narrower(int columnsTaken) {
    return new WindowSize(rows, Math.max(LEAST, columns - columnsTaken));
  }
}
