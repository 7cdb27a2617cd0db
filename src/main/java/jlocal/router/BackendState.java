package jlocal.router;

/** The state of an instance, as far as the router needs it. */
public enum BackendState {
  /** Runs, but its port does not accept connections yet: requests wait. */
  STARTING,
  /** Accepts connections and gets requests. */
  UP,
  /** Crashed and will be restarted: requests wait for a short time. */
  RESTARTING,
  /** Crashed or ended, and will not be restarted. */
  CRASHED,
  /** Will stop or restart: completes its requests, and gets no further ones. */
  DRAINING,
  /** No longer part of the app; its connections are closed. */
  REMOVED
}
