package jlocal.router;

/** State of an instance, as far as the router needs it. */
public enum BackendState {
  /** Running, but its port does not accept connections yet: requests wait for it. */
  STARTING,
  /** Accepts connections: it gets requests. */
  UP,
  /** Crashed, will be started again: requests wait for a short time. */
  RESTARTING,
  /** Crashed or ended, will not be started again. */
  CRASHED,
  /** Will stop or restart: its requests are completed, it gets no further ones. */
  DRAINING,
  /** No longer part of the app; its connections are closed. */
  REMOVED
}
