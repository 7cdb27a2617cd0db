package jlocal.router;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A request that may be proxied.
 *
 * @param hasBody whether a body follows, or may follow
 * @param chunks decoder of the body, if the client sends it chunked over HTTP/1.1
 * @param upgrade protocols the client offers to switch to; null for none
 */
record ClientRequest(
    HttpServerExchange exchange,
    RequestHead head,
    Origin origin,
    AccessLogEntry log,
    boolean hasBody,
    @Nullable ChunkedRequestBody chunks,
    @Nullable String upgrade) {

  /** Fields that the router sets itself. */
  private static final Set<HttpString> REPLACED =
      Set.of(
          HeaderFields.VIA,
          HeaderFields.REQUEST_ID,
          HeaderFields.REQUEST_START,
          HeaderFields.FORWARDED_FOR,
          HeaderFields.FORWARDED_PORT,
          HeaderFields.FORWARDED_PROTO);

  /**
   * The origin of a request.
   *
   * @param address of the client
   * @param port that the client connected to, for names under localhost perhaps of another router
   * @param requestId the client's if it is valid, else a new one
   */
  record Origin(String address, String scheme, int port, String requestId) {
    static Origin of(HttpServerExchange exchange, RequestHead head) {
      return new Origin(
          text(exchange.getSourceAddress().getAddress()),
          exchange.getRequestScheme(),
          HostNames.port(head.host(), exchange.getDestinationAddress().getPort()),
          requestId(head.headers().getFirst(HeaderFields.REQUEST_ID)));
    }

    /** Returns the client's X-Forwarded-For with its own address appended. */
    String forwardedFor(RequestHead head) {
      return HeaderFields.appended(head.headers(), HeaderFields.FORWARDED_FOR, address);
    }

    private static String text(InetAddress address) {
      if (!(address instanceof Inet6Address)) return address.getHostAddress();
      return address.isLoopbackAddress() ? "::1" : address.getHostAddress().replaceAll("%.*", "");
    }

    /** Accepts 20 to 200 of these characters (Dev Center, <i>HTTP Request IDs</i>). */
    private static String requestId(@Nullable String sent) {
      if (sent != null && sent.matches("[A-Za-z0-9+/=-]{20,200}")) return sent;
      // It only identifies a request: no need for secure random numbers.
      var random = ThreadLocalRandom.current();
      long high = (random.nextLong() & ~0xf000L) | 0x4000L;
      return new UUID(high, (random.nextLong() & ~(3L << 62)) | (2L << 62)).toString();
    }
  }

  /**
   * @param keepsBodies whether its bodies are kept for an observer
   */
  static ClientRequest of(HttpServerExchange exchange, RequestHead head, boolean keepsBodies) {
    Origin origin = Origin.of(exchange, head);
    var log = new AccessLogEntry(head, origin);
    if (keepsBodies) log.keepBodies();
    boolean hasBody = !exchange.isRequestComplete();
    boolean upgradable = head.isHttp11() && !hasBody;
    boolean coded = head.headers().contains(Headers.TRANSFER_ENCODING);
    return new ClientRequest(
        exchange,
        head,
        origin,
        log,
        hasBody,
        coded ? ChunkedRequestBody.under(exchange) : null,
        upgradable ? HeaderFields.upgrade(head.headers()) : null);
  }

  boolean isHead() {
    return head.method().equals(Methods.HEAD);
  }

  /** Whether the body is sent chunked to the instance, because its length is unknown. */
  boolean isChunked() {
    return hasBody && !head.headers().contains(Headers.CONTENT_LENGTH);
  }

  /** Whether it may be sent again after an instance may have seen it. */
  boolean isRepeatable() {
    return !hasBody && head.isIdempotent();
  }

  PooledByteBuffer allocateBuffer() {
    return exchange.getConnection().getByteBufferPool().allocate();
  }

  /** Whether the response is an event stream. */
  boolean isEventStream() {
    String type = exchange.getResponseHeaders().getFirst(Headers.CONTENT_TYPE);
    return type != null && type.startsWith("text/event-stream");
  }

  /**
   * Returns the head for an instance: as the client sent it, without hop-by-hop fields, and with
   * the six fields that Heroku's router adds.
   */
  byte[] upstreamHead() {
    HeaderMap headers = head.headers();
    var out =
        new StringBuilder(head.text().length() + 300)
            .append(head.method())
            .append(' ')
            .append(head.path());
    out.append(" HTTP/1.1\r\n");
    if (head.host() == null) field(out, Headers.HOST, "localhost:" + origin.port());
    Set<HttpString> named = HeaderFields.namedByConnection(headers);
    for (HeaderValues values : headers) {
      HttpString name = values.getHeaderName();
      boolean dropped = HeaderFields.HOP_BY_HOP.contains(name) || REPLACED.contains(name);
      if (dropped || named.contains(name)) continue;
      for (int i = 0; i < values.size(); i++) field(out, name, values.get(i));
    }
    if (upgrade != null) {
      field(out, Headers.CONNECTION, "Upgrade");
      field(out, Headers.UPGRADE, upgrade);
    }
    if (isChunked()) field(out, Headers.TRANSFER_ENCODING, "chunked");
    field(out, HeaderFields.REQUEST_ID, origin.requestId());
    field(out, HeaderFields.FORWARDED_FOR, origin.forwardedFor(head));
    field(out, HeaderFields.FORWARDED_PROTO, origin.scheme());
    field(out, HeaderFields.FORWARDED_PORT, Integer.toString(origin.port()));
    field(out, HeaderFields.REQUEST_START, Long.toString(System.currentTimeMillis()));
    field(out, HeaderFields.VIA, HeaderFields.appended(headers, HeaderFields.VIA, "1.1 jlocal"));
    // Each character is one byte, so the client's bytes are forwarded unchanged.
    return out.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void field(StringBuilder out, HttpString name, String value) {
    out.append(name).append(": ").append(value).append("\r\n");
  }
}
