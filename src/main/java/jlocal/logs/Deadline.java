package jlocal.logs;

/** A moment that any thread may set once, and that is not set at first. */
final class Deadline {
  private volatile boolean isSet;
  private volatile long at;

  void set(long nanosFromNow) {
    at = System.nanoTime() + nanosFromNow;
    isSet = true;
  }

  boolean isSet() {
    return isSet;
  }

  boolean isOver() {
    return isSet && System.nanoTime() - at >= 0;
  }
}
