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
 * Two connections that became one: a WebSocket, or whatever client and instance agreed on. Bytes
 * pass as they come in both directions, and each direction ends by itself.
 */
final class Tunnel {
  private final Lane lane;
  private final StreamConnection client;
  private final BackendConnection instance;
  private final LongConsumer ended;
  private long toClient;
  private int open = 2;

  /**
   * Joins two connections.
   *
   * @param ended told, when both are closed, how many bytes the client got
   */
  Tunnel(Lane lane, StreamConnection client, BackendConnection instance, LongConsumer ended) {
    this.lane = lane;
    this.client = client;
    this.instance = instance;
    this.ended = ended;
  }

  /**
   * Starts both directions.
   *
   * @param said what the instance has said already
   */
  void start(ByteBuffer said) {
    StreamConnection server = instance.stream();
    new Direction(server.getSourceChannel(), client.getSinkChannel()).start(said);
    new Direction(client.getSourceChannel(), server.getSinkChannel()).start(ByteBuffer.allocate(0));
  }

  void close() {
    if (open == 0) return;
    open = 0;
    IoUtils.safeClose(client);
    instance.close();
    ended.accept(toClient);
  }

  /** Bytes from one side to the other; a buffer is held only while the other side lags. */
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
      pooled = lane.buffers().allocate();
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
