package jlocal.router;

/** What the router has to know about an instance to choose it, wait for it or give it up. */
public enum BackendState {
  /** Running, but its port accepts no connection yet: requests wait for it. */
  STARTING,
  /** Accepts connections: it has its turn. */
  UP,
  /** Crashed and will be started again: requests wait for a moment. */
  RESTARTING,
  /** Crashed and stays so: nothing waits for it. */
  CRASHED,
  /** About to stop or to be restarted: requests it has are finished, none is added. */
  LEAVING,
  /** No longer part of the app; its connections are closed. */
  GONE
}
