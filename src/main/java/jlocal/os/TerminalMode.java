package jlocal.os;

import org.jline.nativ.CLibrary.Termios;
import org.jspecify.annotations.Nullable;

/**
 * Temporarily changes the mode of the terminal jlocal was started from; termios(3). It is restored
 * at the end, except after SIGKILL. Any thread.
 */
public final class TerminalMode implements AutoCloseable {
  /** Switches off modes that a full-screen program may have left on, and begins a line. */
  public static final String FULL_SCREEN_OFF =
      "\033[?1049l\033[?1000l\033[?1002l\033[?1003l\033[?1006l\033[?2004l\033[?1l\033>\033[?25h\033[0m\r\n";

  private static final int STDIN = 0;

  private final Termios before;
  private final Thread restoreHook = new Thread(this::restore, "restore terminal");
  private Runnable current = () -> {};
  private boolean restored;

  private TerminalMode(Termios before) {
    this.before = before;
    Runtime.getRuntime().addShutdownHook(restoreHook);
  }

  /** Returns the terminal with its current mode; null if there is none. */
  public static @Nullable TerminalMode take() {
    Termios before = NativeTerminal.attributes(STDIN);
    return before == null ? null : new TerminalMode(before);
  }

  /** Passes all keys, including Ctrl-C, and leaves output unchanged. */
  public void raw() {
    set(() -> NativeTerminal.set(STDIN, NativeTerminal.raw(before)));
  }

  /** Passes keys one by one without echo; Ctrl-C and output work as usual. */
  public void cbreak() {
    set(() -> NativeTerminal.set(STDIN, NativeTerminal.cbreak(before)));
  }

  /** Restores the initial mode: lines with echo. */
  public void initial() {
    set(() -> NativeTerminal.set(STDIN, before));
  }

  private synchronized void set(Runnable mode) {
    current = mode;
    reapply();
  }

  /**
   * To be called after a shell may have changed the mode. A background job that did this would be
   * stopped.
   */
  synchronized void reapply() {
    if (!restored && Tty.isInForeground(STDIN)) current.run();
  }

  private synchronized void restore() {
    if (!restored && Tty.isInForeground(STDIN)) NativeTerminal.set(STDIN, before);
    restored = true;
  }

  @Override
  public void close() {
    restore();
    try {
      Runtime.getRuntime().removeShutdownHook(restoreHook);
    } catch (IllegalStateException _) {
      // The JVM is shutting down and runs the hook.
    }
  }
}
