package jlocal.os;

import org.jspecify.annotations.Nullable;

/**
 * The terminal jlocal was started from, with every key coming as it is typed; termios(3). It is put
 * back as it was at the end, whatever the end is, but for SIGKILL.
 */
public final class RawTerminal implements AutoCloseable {
  private static final int STDIN = 0;

  private final byte[] before;
  private final Thread rescue = new Thread(this::restore, "terminal rescue");
  private boolean restored;

  private RawTerminal(byte[] before) {
    this.before = before;
    Runtime.getRuntime().addShutdownHook(rescue);
  }

  /**
   * All keys are ours, Ctrl-C included, and output goes out as it is; null when it is no terminal.
   */
  public static @Nullable RawTerminal all() {
    byte[] before = Tty.attributes(STDIN);
    if (before == null) return null;
    var terminal = new RawTerminal(before);
    Tty.setRaw(STDIN, before);
    return terminal;
  }

  /**
   * Keys come one by one and are not shown; Ctrl-C and its like do what they always do, and so does
   * output. Null when it is no terminal.
   */
  public static @Nullable RawTerminal keys() {
    byte[] before = Tty.attributes(STDIN);
    if (before == null) return null;
    var terminal = new RawTerminal(before);
    Tty.setKeys(STDIN, before);
    return terminal;
  }

  private synchronized void restore() {
    if (!restored) Tty.setAttributes(STDIN, before);
    restored = true;
  }

  @Override
  public void close() {
    restore();
    try {
      Runtime.getRuntime().removeShutdownHook(rescue);
    } catch (IllegalStateException _) {
      // The end has begun, and the rescue with it.
    }
  }
}
