package jlocal.os;

import org.jline.nativ.CLibrary.Termios;
import org.jspecify.annotations.Nullable;

/**
 * The terminal jlocal was started from, set otherwise for a while; termios(3). It is put back as it
 * was at the end, whatever the end is, but for SIGKILL. Any thread.
 */
public final class TerminalMode implements AutoCloseable {
  /** Switches off whatever a full-screen program may have switched on, and begins a line. */
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

  /** The terminal as it is; null when there is none. */
  public static @Nullable TerminalMode take() {
    Termios before = NativeTerminal.attributes(STDIN);
    return before == null ? null : new TerminalMode(before);
  }

  /** All keys are ours, Ctrl-C included, and output goes out as it is. */
  public void raw() {
    set(() -> NativeTerminal.set(STDIN, NativeTerminal.raw(before)));
  }

  /** Keys come one by one and are not shown; Ctrl-C and output do what they always do. */
  public void cbreak() {
    set(() -> NativeTerminal.set(STDIN, NativeTerminal.cbreak(before)));
  }

  /** Lines come, and are shown while they are typed. */
  public void initial() {
    set(() -> NativeTerminal.set(STDIN, before));
  }

  private synchronized void set(Runnable mode) {
    current = mode;
    reapply();
  }

  /** After a shell may have set it otherwise. A background job that did this would be stopped. */
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
