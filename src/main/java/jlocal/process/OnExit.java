package jlocal.process;

/** What the end of one instance means for the others: {@code --on-exit}. */
public enum OnExit {
  /** Nothing, as for Heroku's dynos. */
  KEEP,
  /** They are stopped too, as Foreman does. */
  STOP
}
