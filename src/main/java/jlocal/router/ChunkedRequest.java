package jlocal.router;

import io.undertow.conduits.ReadDataStreamSourceConduit;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * The chunked body of an HTTP/1.1 request, in place of Undertow's: that one takes a chunk size of
 * {@code 0x1} for the end, skips what stands between a chunk and its CRLF, and so lets two parsers
 * disagree.
 */
final class ChunkedRequest extends AbstractStreamSourceConduit<StreamSourceConduit> {
  /** The client's chunks are not what RFC 9112 calls chunks. */
  static final class Malformed extends IOException {
    private static final long serialVersionUID = 1;

    Malformed(IOException cause) {
      super(cause);
    }
  }

  private final HttpServerExchange exchange;
  private final HttpServerConnection connection;
  private final ChunkDecoder decoder = new ChunkDecoder();

  private ChunkedRequest(HttpServerExchange exchange, HttpServerConnection connection) {
    super(new ReadDataStreamSourceConduit(connection.getOriginalSourceConduit(), connection));
    this.exchange = exchange;
    this.connection = connection;
  }

  /** Puts itself under the exchange's request channel. */
  static ChunkedRequest under(HttpServerExchange exchange) {
    var body = new ChunkedRequest(exchange, (HttpServerConnection) exchange.getConnection());
    exchange.addRequestWrapper((undertows, same) -> body);
    return body;
  }

  List<String> trailers() {
    return decoder.trailers();
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    while (!decoder.ended()) {
      int start = into.position();
      int count = next.read(into);
      if (count < 0) throw broken(new ClosedChannelException());
      if (count == 0) return 0;
      int content = decode(into, start);
      into.position(start + content);
      if (content > 0) return content;
    }
    return -1;
  }

  private int decode(ByteBuffer into, int start) throws IOException {
    ByteBuffer read = into.duplicate().limit(into.position()).position(start);
    try {
      decoder.decode(read);
    } catch (IOException e) {
      throw broken(new Malformed(e));
    }
    if (decoder.ended()) {
      keepRest(into);
      Connectors.terminateRequest(exchange);
    }
    return read.remaining();
  }

  /** What follows the body is the next request. */
  private void keepRest(ByteBuffer into) {
    if (decoder.rest() == 0) return;
    PooledByteBuffer rest = connection.getByteBufferPool().allocate();
    rest.getBuffer().put(into.slice(decoder.restAt(), decoder.rest())).flip();
    connection.ungetRequestBytes(rest);
  }

  private IOException broken(IOException why) {
    exchange.setPersistent(false);
    return why;
  }

  @Override
  public long read(ByteBuffer[] into, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      if (into[i].hasRemaining()) return read(into[i]);
    }
    return 0;
  }
}
