package jlocal.os;

/**
 * Whether this JVM can call the C library at all; the first question takes 20 ms, so it is put
 * once.
 */
final class Native {
  private Native() {}

  static boolean available() {
    return Answer.AVAILABLE;
  }

  private static final class Answer {
    static final boolean AVAILABLE = ask();

    private static boolean ask() {
      try {
        Libc.warmUp();
        return true;
      } catch (LinkageError | UnsupportedOperationException _) {
        return false;
      }
    }
  }
}
