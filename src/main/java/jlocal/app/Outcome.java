package jlocal.app;

/** What came of starting an instance. */
sealed interface Outcome {
  Outcome PENDING = new Pending();
  Outcome UP = new Up();
  Outcome EXITED = new Exited();
  Outcome STOPPED = new Stopped();

  /** It is too early to tell. */
  record Pending() implements Outcome {}

  record Up() implements Outcome {}

  /** It has done what it had to do, and ended with code 0. */
  record Exited() implements Outcome {}

  /** Somebody stopped it meanwhile. */
  record Stopped() implements Outcome {}

  /**
   * It runs, but is not up within the boot timeout; {@code why} is empty when that is not known.
   */
  record Late(String why) implements Outcome {}

  /** It crashed, or could not be started. */
  record Failed(String how) implements Outcome {}
}
