package jlocal.router;

/** Takes the router's line for each request, in the words of Heroku's router. */
@FunctionalInterface
public interface RouterLog {
  /** No lines, and no time spent on making them. */
  RouterLog OFF = text -> {};

  /** Called on the thread that serves the request: hand the line over and return. */
  void line(String text);
}
