package jlocal.os;

import java.util.Map;

/** The terminal of a child, for those who connect to it. Any thread. */
public final class Screen {
  /** What a key means to a terminal that does as usual. */
  private static final Map<Byte, Signal> SIGNALS =
      Map.of((byte) 0x03, Signal.INT, (byte) 0x1c, Signal.QUIT);

  private final Pty terminal;
  private final Child child;

  Screen(Pty terminal, Child child) {
    this.terminal = terminal;
    this.child = child;
  }

  /** Receives what the terminal shows; must not block. */
  public interface Onlooker {
    /** More is shown; the bytes are the onlooker's. */
    void shown(byte[] bytes);

    /** Nothing will be shown any more: the child has gone. */
    void closed();
  }

  /**
   * Adds an onlooker, which receives all that is shown from now on.
   *
   * @return what was shown last, some thousand bytes of it
   */
  public byte[] watch(Onlooker onlooker) {
    return terminal.watch(onlooker);
  }

  public void unwatch(Onlooker onlooker) {
    terminal.unwatch(onlooker);
  }

  /**
   * Types, for the child to read. What the terminal takes for Ctrl-C and Ctrl-\ reaches the child's
   * group as a signal: the kernel signals only a group that the terminal controls.
   */
  public void type(byte[] keys) {
    boolean signals = terminal.makesSignals();
    terminal.type(keys);
    if (!signals) return;
    for (byte key : keys) {
      Signal signal = SIGNALS.get(key);
      if (signal == null) continue;
      // The kernel would drop what is typed, but what the child writes in answer as well.
      terminal.dropTyped();
      child.signal(signal);
    }
  }

  /** It shows so much from now on; the child's group gets SIGWINCH. */
  public void resize(WindowSize size) {
    child.resize(terminal, size);
  }

  /** The same, unless it has an onlooker, whose size counts. */
  public void resizeIfUnwatched(WindowSize size) {
    child.resize(size);
  }

  /** Whether the child reads every key as it is, as full-screen programs do. */
  public boolean isRaw() {
    return terminal.isRaw();
  }
}
