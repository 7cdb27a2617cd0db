package jlocal.router;

/** What every request needs. */
record RouterContext(
    RouterOptions options, BackendTable table, Lanes lanes, RouterLog log, LastWords lastWords) {

  /** Whether lines are wanted. */
  boolean logs() {
    return !log.equals(RouterLog.OFF);
  }
}
