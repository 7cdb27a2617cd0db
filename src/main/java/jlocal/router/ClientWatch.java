package jlocal.router;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * Looks at the client's connection while its instance works. A reset means the client is gone; an
 * end of its bytes may be that, or a client that said all it wants; bytes are its next request.
 */
final class ClientWatch {
  /** Hears what the client does. */
  interface Listener {
    /** The client can get no answer any more. */
    void gone();

    /** The client will send nothing more, and may or may not listen. */
    void halfClosed();
  }

  private final Lane lane;
  private final HttpServerConnection connection;
  private final Listener listener;

  ClientWatch(Lane lane, HttpServerConnection connection, Listener listener) {
    this.lane = lane;
    this.connection = connection;
    this.listener = listener;
  }

  /** Begins, once the request was read to its end; the next request ends it by itself. */
  void start() {
    if (connection.getExtraBytes() != null) return;
    ConduitStreamSourceChannel source = connection.getChannel().getSourceChannel();
    source.setReadListener(this::look);
    source.resumeReads();
  }

  private void look(ConduitStreamSourceChannel source) {
    PooledByteBuffer pooled = lane.buffers().allocate();
    int count = read(pooled.getBuffer());
    if (count > 0) {
      pooled.getBuffer().flip();
      connection.ungetRequestBytes(pooled);
      source.suspendReads();
      return;
    }
    pooled.close();
    if (count == 0) return;
    source.suspendReads();
    if (count == -1) listener.halfClosed();
    else listener.gone();
  }

  /** As read, but -2 for a reset. */
  private int read(ByteBuffer buffer) {
    try {
      return connection.getOriginalSourceConduit().read(buffer);
    } catch (IOException e) {
      return -2;
    }
  }
}
