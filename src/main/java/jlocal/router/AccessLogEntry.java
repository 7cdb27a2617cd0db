package jlocal.router;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Collects what the log line of one request says. Times are those of System.nanoTime. */
final class AccessLogEntry {
  private final RequestHead head;
  private final UpstreamRequestHead.Origin origin;
  private final long arrived = System.nanoTime();
  private long connectStarted;

  /** 0 while there is no connection to an instance. */
  private long connected;

  private @Nullable Backend backend;
  private @Nullable RouterError error;

  AccessLogEntry(RequestHead head, UpstreamRequestHead.Origin origin) {
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

  /**
   * The line, in Heroku's format (Dev Center, <i>HTTP Routing</i>, <i>Router logs</i>).
   *
   * @param status sent to the client, if there was no error
   * @param bytes of the response's body
   */
  String line(boolean withQuery, int status, long bytes) {
    var line = new StringBuilder(256);
    if (error == null) line.append("at=info");
    else error(line, error);
    String path = head.path();
    int query = withQuery ? -1 : path.indexOf('?');
    line.append(" method=").append(head.method()).append(" path=");
    quoted(line, query < 0 ? path : path.substring(0, query)).append(" host=");
    String host = head.host();
    escaped(line, host == null ? "" : host, ' ');
    line.append(" request_id=").append(origin.requestId()).append(" fwd=");
    quoted(
        line, HeaderFields.appended(head.headers(), HeaderFields.FORWARDED_FOR, origin.address()));
    line.append(" dyno=").append(backend == null ? "" : backend).append(" connect=");
    millis(line, connectStarted, connected).append(" service=");
    millis(line, connected, System.nanoTime());
    int code = error == null || error == RouterError.H26 ? status : error.status();
    line.append(" status=").append(code).append(" bytes=").append(bytes);
    return line.append(" protocol=").append(origin.scheme().toLowerCase(Locale.ROOT)).toString();
  }

  private static void error(StringBuilder line, RouterError error) {
    switch (error) {
      case H18 -> line.append("sock=backend at=error");
      case H27 -> line.append("sock=client at=warning");
      case H28 -> line.append("at=warning");
      default -> line.append("at=error");
    }
    line.append(" code=").append(error).append(" desc=\"").append(error.description()).append('"');
  }

  private StringBuilder millis(StringBuilder line, long from, long to) {
    if (connected == 0) return line;
    return line.append(TimeUnit.NANOSECONDS.toMillis(to - from)).append("ms");
  }

  private static StringBuilder quoted(StringBuilder line, String text) {
    return escaped(line.append('"'), text, '"').append('"');
  }

  /** Percent-encodes what could end the field or the line, or control a terminal. */
  private static StringBuilder escaped(StringBuilder line, String text, char end) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 127 && c != end) line.append(c);
      else line.append(String.format("%%%02X", c & 0xff));
    }
    return line;
  }
}
