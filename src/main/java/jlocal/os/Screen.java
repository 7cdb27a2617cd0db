package jlocal.os;

/** The terminal of a child, for a person who sits down before it. Any thread. */
public interface Screen {
  /** Told of what the terminal shows; must not wait. */
  interface Onlooker {
    /** More is shown; the bytes are the onlooker's. */
    void shown(byte[] bytes);

    /** Nothing will be shown any more: the child has gone. */
    void closed();
  }

  /**
   * Tells the onlooker of all that is shown from now on.
   *
   * @return what was shown last, some thousand bytes of it
   */
  byte[] watch(Onlooker onlooker);

  /** Tells the onlooker nothing more. */
  void unwatch(Onlooker onlooker);

  /**
   * Types, for the child to read. What the terminal takes for Ctrl-C and Ctrl-\ reaches the child's
   * group as a signal: the kernel itself would only tell whom the terminal controls.
   */
  void type(byte[] keys);

  /** It shows so much from now on; the child's group gets SIGWINCH. */
  void resize(WindowSize size);

  /** The same, unless it has an onlooker, whose size counts. */
  void resizeIfUnwatched(WindowSize size);

  /** Whether the child reads every key as it is, as full-screen programs do. */
  boolean isRaw();
}
