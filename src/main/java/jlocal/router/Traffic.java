package jlocal.router;

/**
 * What has gone through a router until now.
 *
 * @param requests grows with each request
 * @param open requests that are not answered in full, those that wait for an instance and
 *     connections such as WebSockets among them
 */
public record Traffic(long requests, int open) {
  public static final Traffic NONE = new Traffic(0, 0);
}
