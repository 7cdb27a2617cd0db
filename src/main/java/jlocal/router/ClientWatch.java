package jlocal.router;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
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

  private final ConduitStreamSourceChannel source;
  private final RequestHeadConduit bytes;
  private final Listener listener;

  ClientWatch(HttpServerExchange exchange, RequestHeadConduit bytes, Listener listener) {
    source = ((HttpServerConnection) exchange.getConnection()).getChannel().getSourceChannel();
    this.bytes = bytes;
    this.listener = listener;
  }

  /** Begins, once the request was read to its end; the next request ends it by itself. */
  void start() {
    if (bytes.holdsBytes()) return;
    source.setReadListener(channel -> look());
    source.resumeReads();
  }

  private void look() {
    int count = read();
    if (count == 0) return;
    source.suspendReads();
    if (count == -1) listener.halfClosed();
    else if (count < -1) listener.gone();
  }

  /** As read, but -2 for a reset. */
  private int read() {
    try {
      return bytes.readAhead();
    } catch (IOException e) {
      return -2;
    }
  }
}
