package jlocal.os;

/** The terminal of a child, for those who connect to it. Any thread. */
public interface Screen {
  /** Receives what the terminal shows; must not block. */
  interface Onlooker {
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
  byte[] watch(Onlooker onlooker);

  /** Removes an onlooker. */
  void unwatch(Onlooker onlooker);

  /**
   * Types, for the child to read. What the terminal takes for Ctrl-C and Ctrl-\ reaches the child's
   * group as a signal: the kernel signals only a group that the terminal controls.
   */
  void type(byte[] keys);

  /** It shows so much from now on; the child's group gets SIGWINCH. */
  void resize(WindowSize size);

  /** The same, unless it has an onlooker, whose size counts. */
  void resizeIfUnwatched(WindowSize size);

  /** Whether the child reads every key as it is, as full-screen programs do. */
  boolean isRaw();
}
