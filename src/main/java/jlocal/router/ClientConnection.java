package jlocal.router;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.Protocols;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * Operations on a client's connection that Undertow lacks: reading outside of a request, and
 * writing informational responses.
 */
final class ClientConnection {
  private static final Duration DISCARD_TIMEOUT = Duration.ofSeconds(5);

  private ClientConnection() {}

  /**
   * Watches an HTTP/1 client whose request has been read. Further bytes are its next request, and
   * end the watch.
   *
   * @param halfClosed runs when it will send no more; it may still read
   * @param reset runs when it has disconnected
   */
  static void watch(HttpServerExchange exchange, Runnable halfClosed, Runnable reset) {
    RequestHeadConduit bytes = RequestHeadConduit.of(exchange);
    if (bytes == null || bytes.holdsBytes()) return;
    var connection = (HttpServerConnection) exchange.getConnection();
    ConduitStreamSourceChannel source = connection.getChannel().getSourceChannel();
    source.setReadListener(channel -> {
      try {
        int count = bytes.readAhead();
        if (count == 0) return;
        channel.suspendReads();
        if (count < 0) halfClosed.run();
      } catch (IOException e) {
        channel.suspendReads();
        reset.run();
      }
    });
    source.resumeReads();
  }

  /**
   * Ends an exchange whose response was sent. If the client is still sending, the rest of the
   * request is read and dropped, for closing could destroy the response on its way (RFC 9112,
   * section 9.6).
   */
  static void finish(HttpServerExchange exchange, IoThreadContext thread) {
    if (exchange.isRequestComplete()) {
      exchange.endExchange();
      return;
    }
    StreamSourceChannel body = Connectors.getExistingRequestChannel(exchange);
    if (body == null) body = exchange.getRequestChannel();
    body.getReadSetter().set(channel -> discard(exchange, channel));
    thread.after(DISCARD_TIMEOUT, () -> end(exchange));
    discard(exchange, body);
  }

  private static void discard(HttpServerExchange exchange, StreamSourceChannel body) {
    try (PooledByteBuffer pooled = exchange.getConnection().getByteBufferPool().allocate()) {
      int count = 1;
      while (count > 0) count = body.read(pooled.getBuffer().clear());
      if (count == 0) body.resumeReads();
      else end(exchange);
    } catch (IOException e) {
      end(exchange);
    }
  }

  private static void end(HttpServerExchange exchange) {
    if (exchange.isRequestComplete()) exchange.endExchange();
    else IoUtils.safeClose(exchange.getConnection());
  }

  /**
   * Forwards an informational response (RFC 9110, section 15.2) to an HTTP/1.1 or HTTP/2 client.
   * Undertow supports only 100 beside the final response.
   *
   * @throws IOException if the client accepts no more
   */
  static void sendInformational(HttpServerExchange exchange, ResponseHead head) throws IOException {
    head.headers().remove(Headers.CONTENT_LENGTH); // RFC 9110, section 8.6
    if (exchange.getProtocol().equals(Protocols.HTTP_2_0)) http2(exchange, head);
    else if (exchange.isHttp11()) http1((HttpServerConnection) exchange.getConnection(), head);
  }

  /** Bypasses Undertow's response. */
  private static void http1(HttpServerConnection client, ResponseHead head) throws IOException {
    var text = new StringBuilder("HTTP/1.1 ");
    text.append(head.status()).append(' ').append(head.reason()).append("\r\n");
    for (HeaderValues values : head.headers()) {
      for (String value : values) {
        text.append(values.getHeaderName()).append(": ").append(value).append("\r\n");
      }
    }
    ByteBuffer bytes = StandardCharsets.ISO_8859_1.encode(text.append("\r\n").toString());
    int written = client.getOriginalSinkConduit().write(bytes);
    if (written > 0 && bytes.hasRemaining()) client.close();
  }

  /**
   * Uses Undertow's mechanism for 100, normally for requests that expect it. Flushed but not ended,
   * that response leaves the stream open.
   */
  private static void http2(HttpServerExchange exchange, ResponseHead head) throws IOException {
    var expecting = new HttpServerExchange(exchange.getConnection());
    expecting.setProtocol(Protocols.HTTP_2_0);
    expecting.getRequestHeaders().put(Headers.EXPECT, "100-continue");
    HttpServerExchange response = exchange.getConnection().sendOutOfBandResponse(expecting);
    response.setStatusCode(head.status());
    HeaderMap fields = response.getResponseHeaders();
    for (HeaderValues values : head.headers()) fields.putAll(values.getHeaderName(), values);
    response.getResponseChannel().flush();
  }
}
