package jlocal.router;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/** Reads from a client outside of the request: while it waits, and when it was answered early. */
final class ClientConnection {
  private static final Duration DISCARD_TIMEOUT = Duration.ofSeconds(5);

  private ClientConnection() {}

  /**
   * Watches a client of HTTP/1 whose request was read to its end. Bytes are its next request, and
   * end the watch.
   *
   * @param halfClosed runs when it will send no more; it may still read
   * @param reset runs when it is gone
   */
  static void watch(HttpServerExchange exchange, Runnable halfClosed, Runnable reset) {
    RequestHeadConduit bytes = RequestHeadConduit.of(exchange);
    if (bytes == null || bytes.holdsBytes()) return;
    var connection = (HttpServerConnection) exchange.getConnection();
    ConduitStreamSourceChannel source = connection.getChannel().getSourceChannel();
    source.setReadListener(channel -> {
      Runnable event = readAhead(bytes, halfClosed, reset);
      if (event == null) return;
      channel.suspendReads();
      event.run();
    });
    source.resumeReads();
  }

  /** What has happened; null for nothing. */
  private static @Nullable Runnable readAhead(
      RequestHeadConduit bytes, Runnable halfClosed, Runnable reset) {
    try {
      int count = bytes.readAhead();
      if (count == 0) return null;
      return count < 0 ? halfClosed : () -> {};
    } catch (IOException e) {
      return reset;
    }
  }

  /**
   * Ends an exchange whose response was sent. If the client is still sending, the rest of the
   * request is read and dropped: closing instead would destroy the response on its way (RFC 9112,
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
}
