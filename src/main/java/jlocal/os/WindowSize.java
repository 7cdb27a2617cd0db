package jlocal.os;

/** How much a terminal shows, in characters. */
public record WindowSize(int rows, int columns) {
  /** A terminal that does not tell its size; as VT100s had it. */
  public static final WindowSize UNKNOWN = new WindowSize(24, 80);

  private static final int LEAST = 20;

  /** The same with so many columns less, but never too few to be of use. */
  public WindowSize narrower(int columnsTaken) {
    return new WindowSize(rows, Math.max(LEAST, columns - columnsTaken));
  }
}
