package jlocal.router;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import org.xnio.channels.StreamSourceChannel;

/**
 * Reads the rest of a request that was answered before its end, so that closing does not destroy
 * the answer on its way (RFC 9112, section 9.6).
 */
final class Discard {
  private final Lane lane;
  private final HttpServerExchange exchange;
  private final Runnable ended;

  Discard(Lane lane, HttpServerExchange exchange, Runnable ended) {
    this.lane = lane;
    this.exchange = exchange;
    this.ended = ended;
  }

  void start() {
    StreamSourceChannel body = Connectors.getExistingRequestChannel(exchange);
    if (body == null) body = exchange.getRequestChannel();
    body.getReadSetter().set(this::read);
    read(body);
  }

  private void read(StreamSourceChannel body) {
    PooledByteBuffer pooled = lane.buffers().allocate();
    try {
      int count = 1;
      while (count > 0) count = body.read(pooled.getBuffer().clear());
      if (count < 0) ended.run();
      else body.resumeReads();
    } catch (IOException e) {
      ended.run();
    } finally {
      pooled.close();
    }
  }
}
