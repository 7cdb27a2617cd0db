package jlocal.router;

import io.undertow.connector.PooledByteBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * Copies bytes between client and instance after an upgrade, such as a WebSocket. Nothing is
 * changed; each direction ends by itself.
 */
final class Tunnel {
  private final ClientRequest request;
  private final StreamConnection client;
  private final UpstreamConnection upstream;
  private final LongConsumer ended;
  private long toClient;
  private int open = 2;

  private Tunnel(
      ClientRequest request,
      StreamConnection client,
      UpstreamConnection upstream,
      LongConsumer ended) {
    this.request = request;
    this.client = client;
    this.upstream = upstream;
    this.ended = ended;
  }

  /**
   * Completes the upgrade of a request and starts to copy.
   *
   * @param protocol as the instance named it; null if it did not
   * @param first bytes of the instance that came with its 101
   * @param ended called when both connections are closed, with the number of bytes sent to the
   *     client
   */
  static void open(
      ClientRequest request,
      @Nullable String protocol,
      UpstreamConnection upstream,
      byte[] first,
      LongConsumer ended) {
    request.exchange().setPersistent(true);
    request
        .exchange()
        .upgradeChannel(
            protocol != null ? protocol : request.upgrade(),
            (client, same) -> new Tunnel(request, client, upstream, ended).start(first));
    request.exchange().endExchange();
  }

  private void start(byte[] first) {
    StreamConnection server = upstream.stream();
    new Direction(server.getSourceChannel(), client.getSinkChannel()).start(ByteBuffer.wrap(first));
    new Direction(client.getSourceChannel(), server.getSinkChannel()).start(ByteBuffer.allocate(0));
  }

  private void close() {
    if (open == 0) return;
    open = 0;
    IoUtils.safeClose(client);
    upstream.close();
    ended.accept(toClient);
  }

  /** One direction; it holds a buffer only while the receiving side is slower. */
  private final class Direction {
    private final ConduitStreamSourceChannel from;
    private final ConduitStreamSinkChannel to;
    private @Nullable PooledByteBuffer pooled;
    private ByteBuffer held = ByteBuffer.allocate(0);
    private boolean ending;

    Direction(ConduitStreamSourceChannel from, ConduitStreamSinkChannel to) {
      this.from = from;
      this.to = to;
    }

    void start(ByteBuffer first) {
      held = first;
      from.setReadListener(channel -> run());
      to.setWriteListener(channel -> run());
      run();
    }

    private void run() {
      if (open == 0) return;
      try {
        while (drain()) {
          if (ending) {
            end();
            return;
          }
          if (!fetch()) return;
        }
      } catch (IOException e) {
        drop();
        close();
      }
    }

    private boolean drain() throws IOException {
      while (held.hasRemaining()) {
        int count = to.write(held);
        if (to == client.getSinkChannel()) toClient += count;
        if (count != 0) continue;
        from.suspendReads();
        to.resumeWrites();
        return false;
      }
      drop();
      to.suspendWrites();
      return true;
    }

    private void drop() {
      if (pooled != null) pooled.close();
      pooled = null;
      held = ByteBuffer.allocate(0);
    }

    private boolean fetch() throws IOException {
      pooled = request.allocateBuffer();
      ByteBuffer buffer = pooled.getBuffer();
      int count = from.read(buffer);
      held = buffer.flip();
      if (count < 0) ending = true;
      if (count != 0) return true;
      drop();
      from.resumeReads();
      return false;
    }

    private void end() throws IOException {
      from.suspendReads();
      to.shutdownWrites();
      if (!to.flush()) {
        to.resumeWrites();
        return;
      }
      to.suspendWrites();
      if (open == 1) close();
      else open--;
    }
  }
}
