package jlocal.router;

import java.time.Duration;
import jlocal.router.RouterConfig.Timeouts;
import org.jspecify.annotations.Nullable;

/** States of a {@link ProxiedRequest}, with what ends them: pure decisions. */
enum RequestState {
  /** Waits for a backend to come up. */
  WAITING,
  CONNECTING,
  /** Sends the request. */
  SENDING,
  /** The request is sent, no final head of a response has come. */
  AWAITING_RESPONSE,
  /** The client gets a response, or an error response of the router. */
  RESPONDING,
  /** Upgraded: bytes are copied without a timeout. */
  TUNNELLING,
  ENDED;

  /**
   * The error that ends a state which lasts too long, or in which no byte has moved for too long.
   *
   * @param idle time since the state began, or since the last progress in it
   * @param instanceIdle whether, while sending, the instance does not read; else the client does
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
   * Whether a client that has closed its sending side is taken as gone.
   *
   * @param eventStream whether it gets an event stream, which only its own close can end
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
   * @param requestSent whether it was sent the whole request
   * @param unread whether it provably closed before the request arrived, and all of the request can
   *     be sent again
   * @param reused whether the connection had carried a request before
   * @param draining whether the instance was told to stop
   */
  record Closed(
      boolean answered, boolean requestSent, boolean unread, boolean reused, boolean draining) {
    /**
     * Whether the request is sent again, on a new connection.
     *
     * @param repeatable whether it has no body and an idempotent method
     * @param retried whether that was done before
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
