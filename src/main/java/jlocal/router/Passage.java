package jlocal.router;

import org.jspecify.annotations.Nullable;

/**
 * One request as the router's line tells it.
 *
 * @param dyno the instance that had it; empty when none had
 * @param connectMillis to reach the instance; -1 when none was reached
 * @param serviceMillis from there to the end of the answer; -1 when none was reached
 * @param fault why the app did not answer; null when it did
 */
record Passage(
    Asked asked,
    String dyno,
    long connectMillis,
    long serviceMillis,
    int status,
    long bytes,
    @Nullable Fault fault) {

  /**
   * What the client asked.
   *
   * @param path with the query
   * @param forwardedFor the addresses it came through, and the client's
   */
  record Asked(
      String method,
      String path,
      String host,
      String requestId,
      String forwardedFor,
      String protocol) {

    private Asked withPath(String other) {
      return new Asked(method, other, host, requestId, forwardedFor, protocol);
    }
  }

  /** The same without the query. */
  Passage withoutQuery() {
    int query = asked.path().indexOf('?');
    if (query < 0) return this;
    var path = asked.withPath(asked.path().substring(0, query));
    return new Passage(path, dyno, connectMillis, serviceMillis, status, bytes, fault);
  }

  /** Heroku's line (Dev Center, <i>HTTP Routing</i>, <i>Router logs</i>). */
  String line() {
    var line = new StringBuilder(256);
    if (fault == null) line.append("at=info");
    else fault(line, fault);
    line.append(" method=").append(asked.method()).append(" path=");
    quoted(line, asked.path()).append(" host=");
    plain(line, asked.host(), ' ').append(" request_id=").append(asked.requestId()).append(" fwd=");
    quoted(line, asked.forwardedFor()).append(" dyno=").append(dyno).append(" connect=");
    millis(line, connectMillis).append(" service=");
    millis(line, serviceMillis).append(" status=").append(status).append(" bytes=").append(bytes);
    return line.append(" protocol=").append(asked.protocol()).toString();
  }

  private static void fault(StringBuilder line, Fault fault) {
    switch (fault) {
      case H18 -> line.append("sock=backend at=error");
      case H27 -> line.append("sock=client at=warning");
      case H28 -> line.append("at=warning");
      default -> line.append("at=error");
    }
    line.append(" code=").append(fault).append(" desc=\"").append(fault.desc()).append('"');
  }

  private static StringBuilder millis(StringBuilder line, long millis) {
    return millis < 0 ? line : line.append(millis).append("ms");
  }

  private static StringBuilder quoted(StringBuilder line, String text) {
    return plain(line.append('"'), text, '"').append('"');
  }

  /** A client chooses these words: what could end the field or the line, or colour it, is coded. */
  private static StringBuilder plain(StringBuilder line, String text, char end) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 127 && c != end) line.append(c);
      else line.append('%').append(hex(c >> 4)).append(hex(c));
    }
    return line;
  }

  private static char hex(int digit) {
    return Character.toUpperCase(Character.forDigit(digit & 15, 16));
  }
}
