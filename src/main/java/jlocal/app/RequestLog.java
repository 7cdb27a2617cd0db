package jlocal.app;

/** What the log says of each request to the router. */
public enum RequestLog {
  /** Heroku's line. */
  FULL,
  /** The same without the query, in which passwords and tokens stand. */
  PATH,
  /** Nothing. */
  OFF
}
