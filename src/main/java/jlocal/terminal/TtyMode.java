package jlocal.terminal;

/** Whether each process gets a terminal of its own, {@code --tty}. */
public enum TtyMode {
  /** When the log is shown on one. */
  AUTO,
  ALWAYS,
  NEVER;

  /**
   * Whether processes get terminals.
   *
   * @param terminal whether the log goes to one
   */
  public boolean wants(boolean terminal) {
    return switch (this) {
      case AUTO -> terminal;
      case ALWAYS -> true;
      case NEVER -> false;
    };
  }
}
