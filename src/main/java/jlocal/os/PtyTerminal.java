package jlocal.os;

import java.util.List;

/** The terminal of a child of ours. */
record PtyTerminal(Pty terminal, Child child) implements Screen {
  /** What a key means to a terminal that does as usual. */
  private record Meaning(byte key, Signal signal) {}

  private static final List<Meaning> MEANINGS =
      List.of(new Meaning((byte) 0x03, Signal.INT), new Meaning((byte) 0x1c, Signal.QUIT));

  @Override
  public byte[] watch(Onlooker onlooker) {
    return terminal.watch(onlooker);
  }

  @Override
  public void unwatch(Onlooker onlooker) {
    terminal.unwatch(onlooker);
  }

  @Override
  public void type(byte[] keys) {
    boolean signals = terminal.makesSignals();
    terminal.type(keys);
    if (!signals) return;
    for (byte key : keys) {
      for (Meaning meaning : MEANINGS) if (key == meaning.key) signal(meaning.signal);
    }
  }

  /**
   * The kernel drops what is typed at such a key, but what the child writes in answer to the signal
   * as well, if that comes first; ours is set not to.
   */
  private void signal(Signal signal) {
    terminal.dropTyped();
    child.signal(signal);
  }

  @Override
  public void resize(WindowSize size) {
    child.resize(terminal, size);
  }

  @Override
  public void resizeIfUnwatched(WindowSize size) {
    child.resize(size);
  }

  @Override
  public boolean isRaw() {
    return terminal.isRaw();
  }
}
