package jlocal.router;

import io.undertow.connector.ByteBufferPool;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Transfer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.xnio.Buffers;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Copies bytes between client and instance after an upgrade, such as a WebSocket. Nothing is
 * changed; each direction ends by itself.
 */
final class Tunnel {
  private final StreamConnection client;
  private final UpstreamConnection upstream;
  private final ByteBufferPool buffers;
  private final FromInstance fromInstance;
  private final LongConsumer ended;
  private int open = 2;

  private Tunnel(
      StreamConnection client,
      UpstreamConnection upstream,
      ByteBufferPool buffers,
      byte[] first,
      LongConsumer ended) {
    this.client = client;
    this.upstream = upstream;
    this.buffers = buffers;
    this.ended = ended;
    ConduitStreamSourceChannel source = upstream.stream().getSourceChannel();
    fromInstance = new FromInstance(source.getConduit(), first);
    source.setConduit(fromInstance);
  }

  /**
   * Completes the upgrade of a request and starts to copy.
   *
   * @param protocol as the instance named it; null if it did not
   * @param first bytes of the instance that came with its 101
   * @param ended called when both connections are closed, with the number of bytes that the
   *     instance sent
   */
  static void open(
      ClientRequest request,
      @Nullable String protocol,
      UpstreamConnection upstream,
      byte[] first,
      LongConsumer ended) {
    HttpServerExchange exchange = request.exchange();
    ByteBufferPool buffers = exchange.getConnection().getByteBufferPool();
    exchange.setPersistent(true);
    exchange.upgradeChannel(
        protocol != null ? protocol : request.upgrade(),
        (client, same) -> new Tunnel(client, upstream, buffers, first, ended).start());
    exchange.endExchange();
  }

  private void start() {
    StreamConnection server = upstream.stream();
    copy(server.getSourceChannel(), client.getSinkChannel());
    copy(client.getSourceChannel(), server.getSinkChannel());
  }

  private void copy(ConduitStreamSourceChannel from, ConduitStreamSinkChannel to) {
    Transfer.initiateTransfer(
        from,
        to,
        null,
        ChannelListeners.writeShutdownChannelListener(
            ChannelListeners.flushingChannelListener(flushed -> end(), (sink, e) -> close()),
            (sink, e) -> close()),
        (source, e) -> close(),
        (sink, e) -> close(),
        buffers);
  }

  /** One direction has ended: its receiver knows. */
  private void end() {
    if (--open == 0) close();
  }

  private void close() {
    IoUtils.safeClose(client);
    upstream.close();
    ended.accept(fromInstance.count);
  }

  /** Yields the bytes that came too early, then those that come, and counts them. */
  private static final class FromInstance extends AbstractStreamSourceConduit<StreamSourceConduit> {
    private final ByteBuffer first;
    private long count;

    FromInstance(StreamSourceConduit next, byte[] first) {
      super(next);
      this.first = ByteBuffer.wrap(first);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      int read = first.hasRemaining() ? Buffers.copy(into, first) : next.read(into);
      if (read > 0) count += read;
      return read;
    }
  }
}
