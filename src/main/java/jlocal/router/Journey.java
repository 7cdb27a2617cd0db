package jlocal.router;

import io.undertow.server.HttpServerExchange;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Notes when a request was where, for its line in the log. */
final class Journey {
  private final HttpServerExchange exchange;
  private final ClientHead head;
  private final RequestHead.Origin origin;
  private final long arrived = System.nanoTime();
  private long left;
  private long reached;
  private @Nullable Backend backend;
  private @Nullable Fault fault;

  Journey(HttpServerExchange exchange, ClientHead head, RequestHead.Origin origin) {
    this.head = head;
    this.exchange = exchange;
    this.origin = origin;
  }

  /** When its head had been read, as System.nanoTime. */
  long arrived() {
    return arrived;
  }

  void connecting(Backend to) {
    backend = to;
    left = System.nanoTime();
    reached = 0;
  }

  void connected() {
    reached = System.nanoTime();
  }

  void fault(Fault why) {
    fault = why;
  }

  /** It was turned away at the door, with the status its answer has. */
  void refused() {
    fault = Fault.H26;
  }

  /** The whole of it, when it is over. */
  Passage passage(long bytes) {
    long now = System.nanoTime();
    boolean went = reached != 0;
    long connect = went ? TimeUnit.NANOSECONDS.toMillis(reached - left) : -1;
    long service = went ? TimeUnit.NANOSECONDS.toMillis(now - reached) : -1;
    String dyno = backend == null ? "" : backend.toString();
    int status = fault == null || fault == Fault.H26 ? exchange.getStatusCode() : fault.status();
    return new Passage(asked(), dyno, connect, service, status, bytes, fault);
  }

  private Passage.Asked asked() {
    String host = head.host();
    String fwd = RequestHead.appended(head.headers(), Fields.FORWARDED_FOR, origin.address());
    return new Passage.Asked(
        head.method().toString(),
        head.path(),
        host == null ? "" : host,
        origin.requestId(),
        fwd,
        origin.scheme().toLowerCase(Locale.ROOT));
  }
}
