package jlocal.router;

import java.time.Duration;
import jlocal.router.RouterConfig.Timeouts;
import org.jspecify.annotations.Nullable;

/** The states of a {@link ProxiedRequest}, with pure decisions on what ends them. */
enum RequestState {
  /** Waits for a backend to be up. */
  WAITING,
  CONNECTING,
  /** Sends the request. */
  SENDING,
  /** The request is sent, but no final response head has been received. */
  AWAITING_RESPONSE,
  /** The client receives a response, or an error response of the router. */
  RESPONDING,
  /** Upgraded: bytes are copied without a timeout. */
  TUNNELLING,
  ENDED;

  /**
   * Returns the error for a state that lasts too long, or in which no byte has moved for too long.
   *
   * @param idle time since the state began, or since the last progress in it
   * @param instanceIdle whether, while sending, the instance does not read, rather than the client
   *     not send
   * @return null if no timeout has expired
   */
  @Nullable RouterError timeout(Duration idle, Timeouts timeouts, boolean instanceIdle) {
    return switch (this) {
      case CONNECTING -> expired(timeouts.connect(), idle, RouterError.H19);
      case SENDING ->
          expired(timeouts.idle(), idle, instanceIdle ? RouterError.H15 : RouterError.H28);
      case AWAITING_RESPONSE -> expired(timeouts.response(), idle, RouterError.H12);
      case RESPONDING -> expired(timeouts.idle(), idle, RouterError.H15);
      case WAITING, TUNNELLING, ENDED -> null;
    };
  }

  private static @Nullable RouterError expired(Duration timeout, Duration idle, RouterError error) {
    return timeout.isZero() || idle.compareTo(timeout) <= 0 ? null : error;
  }

  /**
   * Whether a client that has closed its sending side counts as disconnected.
   *
   * @param eventStream whether it receives an event stream, which only its own close can end
   */
  boolean endsWithHalfClose(boolean eventStream) {
    return switch (this) {
      case WAITING, CONNECTING, SENDING, AWAITING_RESPONSE -> true;
      case RESPONDING -> eventStream;
      case TUNNELLING, ENDED -> false;
    };
  }

  /**
   * How an instance has closed its connection before the end of its response.
   *
   * @param answered whether it had sent any bytes
   * @param requestSent whether the whole request was sent
   * @param unread whether it provably closed before the request arrived, and all of the request can
   *     be sent again
   * @param reused whether the connection had carried a request before
   * @param draining whether the instance was told to stop
   */
  record Closed(
      boolean answered, boolean requestSent, boolean unread, boolean reused, boolean draining) {
    /**
     * Whether to send the request again, on a new connection.
     *
     * @param repeatable whether it has no body and an idempotent method
     * @param retried whether it was sent again before
     */
    boolean mayRetry(boolean repeatable, boolean retried) {
      if (unread) return true;
      return !answered && repeatable && (draining || (reused && !retried));
    }

    RouterError error() {
      return answered || !requestSent ? RouterError.H18 : RouterError.H13;
    }
  }
}
