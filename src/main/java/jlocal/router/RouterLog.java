package jlocal.router;

/** Takes the router's line for each request, in the words of Heroku's router. */
@FunctionalInterface
public interface RouterLog {
  /** No lines, and no time spent on making them. */
  RouterLog OFF = text -> {};

  /** The same log, told no query strings: passwords and tokens stand in them. */
  static RouterLog withoutQueries(RouterLog log) {
    return new RouterLog() {
      @Override
      public void line(String text) {
        log.line(text);
      }

      @Override
      public boolean wantsQueries() {
        return false;
      }
    };
  }

  /** Whether the path in a line has its query. */
  default boolean wantsQueries() {
    return true;
  }

  /** Called on the thread that serves the request: hand the line over and return. */
  void line(String text);
}
