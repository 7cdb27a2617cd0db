package jlocal.os;

import java.util.Map;

/** The terminal of a child, for its viewers. Thread-safe. */
public final class ChildTerminal {
  /** The usual signals of keys. */
  private static final Map<Byte, Signal> SIGNALS =
      Map.of((byte) 0x03, Signal.INT, (byte) 0x1c, Signal.QUIT);

  private final Pty terminal;
  private final Child child;

  ChildTerminal(Pty terminal, Child child) {
    this.terminal = terminal;
    this.child = child;
  }

  /** Receives the output of the terminal; must not block. */
  public interface Viewer {
    /** Receives output; the bytes belong to the viewer. */
    void shown(byte[] bytes);

    /** The child has ended: there will be no more output. */
    void closed();
  }

  /**
   * Adds a viewer, which receives all further output.
   *
   * @return the latest output, some thousand bytes
   */
  public byte[] watch(Viewer viewer) {
    return terminal.watch(viewer);
  }

  public void unwatch(Viewer viewer) {
    terminal.unwatch(viewer);
  }

  /**
   * Sends input to the child. Ctrl-C and Ctrl-\ are sent to the child's group as signals, for the
   * kernel would signal only the foreground group of a controlling terminal.
   */
  public void type(byte[] keys) {
    boolean signals = terminal.makesSignals();
    terminal.type(keys);
    if (!signals) return;
    for (byte key : keys) {
      Signal signal = SIGNALS.get(key);
      if (signal == null) continue;
      // The kernel would discard typed input, but also the child's response.
      terminal.dropTyped();
      child.signal(signal);
    }
  }

  /** Sets the size; the child's group gets SIGWINCH. */
  public void resize(WindowSize size) {
    child.resize(terminal, size);
  }

  /** Sets the size, unless there is a viewer, whose size counts. */
  public void resizeIfUnwatched(WindowSize size) {
    child.resize(size);
  }

  /** Whether the child gets all keys, as full-screen programs do. */
  public boolean isRaw() {
    return terminal.isRaw();
  }
}
