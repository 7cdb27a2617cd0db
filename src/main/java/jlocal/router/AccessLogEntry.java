package jlocal.router;

import io.undertow.server.HttpServerExchange;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Collects the data of a request's log line. Times are those of System.nanoTime. */
final class AccessLogEntry {
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final RequestHead head;
  private final ClientRequest.Origin origin;
  private final long arrived = System.nanoTime();
  private long connectStarted;

  /** When the instance was connected; 0 before. */
  private long connected;

  private @Nullable Backend backend;
  private @Nullable RouterError error;

  /** The number for observers; 0 before the first report. */
  private long number;

  private @Nullable RecordedBody sent;
  private @Nullable RecordedBody received;

  /** The head that the instance sent; null for a response of the router, or over a tunnel. */
  private @Nullable String answered;

  AccessLogEntry(RequestHead head, ClientRequest.Origin origin) {
    this.head = head;
    this.origin = origin;
  }

  /** When the head of the request had been read. */
  long arrived() {
    return arrived;
  }

  void connecting(Backend to) {
    backend = to;
    connectStarted = System.nanoTime();
    connected = 0;
  }

  void connected() {
    connected = System.nanoTime();
  }

  void error(RouterError why) {
    error = why;
  }

  void answered(String responseHead) {
    answered = responseHead;
  }

  /** Keeps the bodies from now on. */
  void keepBodies() {
    sent = new RecordedBody();
    received = new RecordedBody();
  }

  /** Records bytes of the request body, sent to the instance. */
  void sent(ByteBuffer in, int from, int end) {
    if (sent != null) sent.add(in, from, end);
  }

  /** Records bytes of the response body, sent to the client. */
  void received(ByteBuffer in, int from, int end) {
    if (received != null) received.add(in, from, end);
  }

  private int status(int sent) {
    return error == null || error == RouterError.H26 ? sent : error.status();
  }

  /** Returns the record for observers. */
  HandledRequest handled(HttpServerExchange exchange, long bytes, boolean isOpen) {
    if (number == 0) number = NUMBERS.incrementAndGet();
    long now = System.nanoTime();
    return new HandledRequest(
        number,
        System.currentTimeMillis() - TimeUnit.NANOSECONDS.toMillis(now - arrived),
        isOpen,
        origin.requestId(),
        head.method().toString(),
        origin.scheme(),
        Objects.requireNonNullElse(head.host(), "localhost"),
        head.path(),
        backend == null ? "" : backend.toString(),
        error == null ? "" : error.toString(),
        status(exchange.getStatusCode()),
        bytes,
        (connectStarted == 0 ? now : connectStarted) - arrived,
        connected == 0 ? -1 : connected - connectStarted,
        connected == 0 ? -1 : now - connected,
        head.text(),
        answered == null ? HeaderFields.text(exchange.getResponseHeaders()) : answered,
        sent,
        received);
  }

  /**
   * Returns the line in Heroku's format (Dev Center, <i>HTTP Routing</i>, <i>Router logs</i>).
   *
   * @param status sent to the client, if there was no error
   * @param bytes of the response's body
   */
  String line(boolean withQuery, int status, long bytes) {
    var line = new StringBuilder(256).append(error == null ? "at=info" : error.logged());
    String path = head.path();
    int query = withQuery ? -1 : path.indexOf('?');
    line.append(" method=").append(head.method()).append(" path=\"");
    escaped(line, query < 0 ? path : path.substring(0, query), '"').append("\" host=");
    String host = head.host();
    escaped(line, host == null ? "" : host, ' ');
    line.append(" request_id=").append(origin.requestId()).append(" fwd=\"");
    escaped(line, origin.forwardedFor(head), '"').append("\" dyno=");
    line.append(backend == null ? "" : backend).append(" connect=");
    millis(line, connectStarted, connected).append(" service=");
    millis(line, connected, System.nanoTime());
    line.append(" status=").append(status(status)).append(" bytes=").append(bytes);
    return line.append(" protocol=").append(origin.scheme().toLowerCase(Locale.ROOT)).toString();
  }

  private StringBuilder millis(StringBuilder line, long from, long to) {
    if (connected == 0) return line;
    return line.append(TimeUnit.NANOSECONDS.toMillis(to - from)).append("ms");
  }

  /** Percent-encodes characters that could end the field or the line, or control a terminal. */
  private static StringBuilder escaped(StringBuilder line, String text, char end) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 127 && c != end) line.append(c);
      else line.append(String.format("%%%02X", c & 0xff));
    }
    return line;
  }
}
