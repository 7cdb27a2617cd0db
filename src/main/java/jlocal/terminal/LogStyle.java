package jlocal.terminal;

/**
 * How the log is painted.
 *
 * @param color whether prefixes have colours and the children's own are kept
 * @param timestamp whether each line begins with the time of day
 * @param prefix whether each line begins with who wrote it
 * @param raw whether what a child writes is let through as it is, control sequences included
 * @param fit what happens to lines wider than the terminal, unless they are raw
 */
public record LogStyle(boolean color, boolean timestamp, boolean prefix, boolean raw, Fit fit) {
  /** Lines as long as they are. */
  public LogStyle(boolean color, boolean timestamp, boolean prefix, boolean raw) {
    this(color, timestamp, prefix, raw, Fit.LEAVE);
  }

  /** The log as it is without options: names, no time, nothing that escapes its line. */
  public static LogStyle plain(boolean color) {
    return new LogStyle(color, false, true, false);
  }

  boolean fits() {
    return !raw && fit.mode() != Fit.Mode.LEAVE;
  }
}
