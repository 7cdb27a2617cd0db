package jlocal.router;

import io.undertow.connector.ByteBufferPool;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Transfer;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * Copies bytes between client and instance after an upgrade, such as a WebSocket. The bytes are
 * unchanged; each direction ends on its own.
 */
final class Tunnel {
  private final StreamConnection client;
  private final UpstreamConnection upstream;
  private final ByteBufferPool buffers;
  private final LongConsumer ended;
  private long received;
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
    PushBackConduit.install(
        upstream.stream().getSourceChannel(), ByteBuffer.wrap(first), count -> received += count);
  }

  /**
   * Completes the upgrade of a request and starts to copy.
   *
   * @param protocol as the instance named it; null if it did not
   * @param first bytes of the instance that followed its 101
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
    copy(server.getSourceChannel(), client.getSinkChannel(), buffers, this::end, this::close);
    copy(client.getSourceChannel(), server.getSinkChannel(), buffers, this::end, this::close);
  }

  /**
   * Copies one direction of a connection, on its I/O thread.
   *
   * @param ended runs when the source has ended and the receiver knows
   * @param failed runs when one of them is broken
   */
  static void copy(
      ConduitStreamSourceChannel from,
      ConduitStreamSinkChannel to,
      ByteBufferPool buffers,
      Runnable ended,
      Runnable failed) {
    Transfer.initiateTransfer(
        from,
        to,
        null,
        ChannelListeners.writeShutdownChannelListener(
            ChannelListeners.flushingChannelListener(_ -> ended.run(), (_, _) -> failed.run()),
            (_, _) -> failed.run()),
        (_, _) -> failed.run(),
        (_, _) -> failed.run(),
        buffers);
  }

  /** Called when one direction has ended and its receiver knows. */
  private void end() {
    if (--open == 0) close();
  }

  private void close() {
    IoUtils.safeClose(client);
    upstream.close();
    ended.accept(received);
  }
}
