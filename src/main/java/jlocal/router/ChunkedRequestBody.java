package jlocal.router;

import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Decodes the chunked body of an HTTP/1.1 request instead of Undertow, which reads a chunk size of
 * {@code 0x1} as the end and skips bytes between a chunk and its CRLF, so that two parsers could
 * disagree.
 */
final class ChunkedRequestBody extends AbstractStreamSourceConduit<StreamSourceConduit> {
  private final HttpServerExchange exchange;
  private final RequestHeadConduit bytes;
  private final ChunkDecoder decoder = new ChunkDecoder();

  private ChunkedRequestBody(HttpServerExchange exchange, RequestHeadConduit bytes) {
    super(bytes);
    this.exchange = exchange;
    this.bytes = bytes;
  }

  /** Installs itself below the request channel of an HTTP/1 exchange; returns null for HTTP/2. */
  static @Nullable ChunkedRequestBody under(HttpServerExchange exchange) {
    RequestHeadConduit bytes = RequestHeadConduit.of(exchange);
    if (bytes == null) return null;
    var body = new ChunkedRequestBody(exchange, bytes);
    exchange.addRequestWrapper((factory, same) -> body);
    return body;
  }

  List<String> trailers() {
    return decoder.trailers();
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    try {
      while (!decoder.ended()) {
        int start = into.position();
        int count = next.read(into);
        if (count < 0) throw new ClosedChannelException();
        if (count == 0) return 0;
        ByteBuffer read = into.duplicate().limit(into.position()).position(start);
        decoder.decode(read);
        if (decoder.ended()) {
          bytes.unread(into.slice(decoder.restAt(), decoder.rest())); // the next request
          Connectors.terminateRequest(exchange);
        }
        into.position(read.limit());
        if (read.hasRemaining()) return read.remaining();
      }
      return -1;
    } catch (IOException e) {
      exchange.setPersistent(false);
      throw e;
    }
  }
}
