package jlocal.router;

/**
 * The traffic of a router so far.
 *
 * @param requests grows with each request
 * @param open the number of unfinished requests, including those that wait for an instance and
 *     connections such as WebSockets
 */
public record Traffic(long requests, int open) {
  public static final Traffic NONE = new Traffic(0, 0);
}
