package jlocal.problem;

/** Whether a problem stops jlocal before anything starts. */
public enum Severity {
  /** Nothing is started; exit code 2. */
  ERROR,
  /** Said once; the reading shown in the message is used. */
  WARNING
}
