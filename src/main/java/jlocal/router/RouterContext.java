package jlocal.router;

/** What every request needs. */
record RouterContext(
    RouterOptions options, BackendTable table, Lanes lanes, RouterLog log, LastWords lastWords) {

  /** Writes the line of a request that is over, if lines are wanted. */
  void log(Journey journey, long bytes) {
    if (!log.equals(RouterLog.OFF)) log(journey.passage(bytes));
  }

  void log(Passage passage) {
    log.line((log.wantsQueries() ? passage : passage.withoutQuery()).line());
  }
}
