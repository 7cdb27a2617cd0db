package jlocal.router;

/**
 * How things stand with one instance.
 *
 * @param listensOn the port it opened instead of its own; 0 when there is no such port
 */
record Standing(Backend backend, BackendState state, int listensOn) {
  Standing(Backend backend, BackendState state) {
    this(backend, state, 0);
  }
}
