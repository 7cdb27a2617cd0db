package jlocal.process;

/** What a person wants of an instance. */
public enum Order {
  START,
  STOP,
  RESTART,
  /** STOP, and no grace period any more. */
  KILL
}
