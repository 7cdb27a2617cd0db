package jlocal.router;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpAttachments;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSinkChannel;

/**
 * Writes a response to the client, and flushes whenever there is no more at hand, so that an event
 * is seen when it happens. What the client does not take now is kept, one buffer at most.
 */
final class Answer {
  /** Hears how it went. */
  interface Listener {
    /** All was taken by the client's connection. */
    void sent();

    /** The client went away. */
    void clientGone();

    /** The client keeps us waiting, or does so no longer. */
    void stalled(boolean stalled);
  }

  private final HttpServerExchange exchange;
  private final Listener listener;
  private final StreamSinkChannel sink;
  private @Nullable PooledByteBuffer pooled;
  private ByteBuffer content = ByteBuffer.allocate(0);
  private boolean last;
  private boolean shut;
  private boolean stalled;
  private long bytes;

  /** Begins a response; the exchange has its status and header fields. */
  Answer(HttpServerExchange exchange, Listener listener) {
    this.exchange = exchange;
    this.listener = listener;
    if (exchange.isHttp10() && exchange.isPersistent()) {
      // Undertow takes it back when only the end of the connection ends the body.
      exchange.getResponseHeaders().put(Headers.CONNECTION, "keep-alive");
    }
    sink = exchange.getResponseChannel();
    sink.getWriteSetter().set(channel -> run());
  }

  /** Gives the exchange an instance's head; its fields are the exchange's already. */
  static void head(HttpServerExchange exchange, ResponseHead head, Framing framing) {
    exchange.setStatusCode(head.status());
    exchange.setReasonPhrase(head.reason());
    HeaderMap fields = head.headers();
    switch (framing) {
      case Framing.Length length -> {
        if (fields.count(Headers.CONTENT_LENGTH) > 1) {
          fields.put(Headers.CONTENT_LENGTH, length.bytes());
        }
      }
      case Framing.Chunked _, Framing.UntilClose _ -> inChunks(exchange, fields);
      case Framing.None _, Framing.Broken _ -> {}
    }
  }

  /** HTTP/1.0 knows no chunks: there the end of the connection is the end of the body. */
  private static void inChunks(HttpServerExchange exchange, HeaderMap to) {
    to.remove(Headers.CONTENT_LENGTH);
    if (exchange.isHttp11()) to.put(Headers.TRANSFER_ENCODING, "chunked");
  }

  boolean isStalled() {
    return stalled;
  }

  /** How many bytes of content the client's connection took. */
  long bytes() {
    return bytes;
  }

  void trailers(List<String> fields) {
    if (fields.isEmpty()) return;
    exchange.putAttachment(HttpAttachments.RESPONSE_TRAILERS, Trailers.of(fields));
  }

  /** Sends content; never called while stalled. The buffer is given back when it is taken. */
  void give(ByteBuffer more, @Nullable PooledByteBuffer owner, boolean isLast) {
    content = more;
    pooled = owner;
    last = isLast;
    run();
  }

  private void run() {
    try {
      if (!write()) stall(true);
      else if (!last) flush();
      else if (!sink.flush()) stall(true);
      else done();
    } catch (IOException e) {
      drop();
      listener.clientGone();
    }
  }

  private boolean write() throws IOException {
    while (content.hasRemaining() || (last && !shut)) {
      int before = content.remaining();
      int count = last ? sink.writeFinal(content) : sink.write(content);
      bytes += before - content.remaining();
      if (count == 0 && content.hasRemaining()) return false;
      shut = last && !content.hasRemaining();
    }
    drop();
    return true;
  }

  private void flush() throws IOException {
    stall(!sink.flush());
  }

  private void stall(boolean now) {
    if (stalled == now) return;
    stalled = now;
    if (now) sink.resumeWrites();
    else sink.suspendWrites();
    listener.stalled(now);
  }

  private void done() {
    if (stalled) sink.suspendWrites();
    stalled = false;
    listener.sent();
  }

  private void drop() {
    if (pooled != null) pooled.close();
    pooled = null;
  }

  /** Gives up: the client will see that the connection ends too early. */
  void cut() {
    drop();
  }
}
