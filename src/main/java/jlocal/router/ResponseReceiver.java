package jlocal.router;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpAttachments;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import jlocal.router.ResponseHead.Framing;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSinkChannel;

/**
 * Receives the response of an instance and writes it to the client: informational heads, the head,
 * and the body by its framing. Flushes when no more bytes are available, so that events arrive at
 * once. While the client does not read, it holds one buffer and stops reading.
 */
final class ResponseReceiver {
  private static final int MAX_READS_AT_ONCE = 8;
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private final ProxiedRequest request;
  private final ClientRequest client;
  private final HttpServerExchange exchange;
  private final UpstreamConnection connection;
  private final HeadBuffer headBuffer = new HeadBuffer();
  private final ChunkDecoder decoder = new ChunkDecoder();

  /** The final head; null before it is received. */
  private @Nullable ResponseHead head;

  /** Outstanding bytes of the body, if its length is known. */
  private long remaining;

  private boolean receivedAny;
  private boolean ended;
  private @Nullable StreamSinkChannel sink;

  /** Content that the client has not accepted yet. */
  private ByteBuffer unsent = EMPTY;

  private @Nullable PooledByteBuffer unsentBuffer;

  /** Whether {@link #unsent} ends the body. */
  private boolean last;

  /** Whether the end of the body was written. */
  private boolean finished;

  /** Whether the client does not read. */
  private boolean stalled;

  private long bytesSent;

  ResponseReceiver(ProxiedRequest request, ClientRequest client, UpstreamConnection connection) {
    this.request = request;
    this.client = client;
    exchange = client.exchange();
    this.connection = connection;
  }

  /** How many bytes of the body the client's connection has accepted. */
  long bytesSent() {
    return bytesSent;
  }

  void stop() {
    ended = true;
    releaseUnsent();
  }

  // From the instance

  /** Called when the instance has sent bytes or closed the connection. */
  void readable() {
    for (int i = 0; i < MAX_READS_AT_ONCE && !stalled && !ended; i++) {
      if (!readOnce()) return;
    }
  }

  /** Returns false if there is nothing more to read now. */
  private boolean readOnce() {
    PooledByteBuffer pooled = client.allocateBuffer();
    ByteBuffer buffer = pooled.getBuffer();
    int count;
    try {
      count = connection.read(buffer);
    } catch (IOException reset) {
      pooled.close();
      closedByInstance(true);
      return false;
    }
    if (count <= 0) {
      pooled.close();
      if (count < 0) closedByInstance(false);
      return false;
    }
    receivedAny = true;
    request.progress();
    boolean more = !buffer.hasRemaining();
    buffer.flip();
    if (head == null) head = readHeads(buffer);
    if (head != null) receiveBody(head, buffer, pooled);
    else pooled.close();
    return more;
  }

  private void closedByInstance(boolean reset) {
    if (head != null && head.framing() == Framing.UNTIL_CLOSE) {
      endOfBody(head, EMPTY, null, 0);
      return;
    }
    ended = true;
    request.closedByInstance(receivedAny, !receivedAny && !reset && connection.rejectsWrites());
  }

  /** Reads heads up to the final one; the rest of the buffer is its body. */
  private @Nullable ResponseHead readHeads(ByteBuffer buffer) {
    while (!ended) {
      String text = headBuffer.take(buffer);
      if (text == null && headBuffer.length() <= ResponseHead.MAX_LENGTH) return null;
      ResponseHead next =
          text == null
              ? null
              : ResponseHead.parse(text, exchange.getResponseHeaders(), client.isHead());
      if (text == null || next == null || next.framing() == Framing.BROKEN) malformed();
      else if (next.status() >= 200) {
        client.log().answered(text);
        return start(next);
      } else if (next.status() == 101) switchProtocols(next, buffer);
      else sendInformational(next);
    }
    return null;
  }

  private void malformed() {
    ended = true;
    request.fail(RouterError.H17);
  }

  private void sendInformational(ResponseHead informational) {
    try {
      ClientConnection.sendInformational(exchange, informational);
    } catch (IOException e) {
      request.clientFailed(e);
    }
  }

  private void switchProtocols(ResponseHead switching, ByteBuffer rest) {
    if (client.upgrade() == null) {
      malformed();
      return;
    }
    ended = true;
    byte[] first = new byte[rest.remaining()];
    rest.get(first);
    setStatus(switching);
    request.switchProtocols(switching, first);
  }

  private void setStatus(ResponseHead received) {
    exchange.setStatusCode(received.status());
    exchange.setReasonPhrase(received.reason());
  }

  private ResponseHead start(ResponseHead received) {
    setStatus(received);
    remaining = received.length();
    if (received.framing() != Framing.LENGTH) {
      received.headers().remove(Headers.CONTENT_LENGTH);
      if (exchange.isHttp11()) received.headers().put(Headers.TRANSFER_ENCODING, "chunked");
    }
    request.responseStarted();
    HeaderFields.setKeepAlive(exchange);
    sink = exchange.getResponseChannel();
    sink.getWriteSetter().set(channel -> send());
    return received;
  }

  private void receiveBody(ResponseHead of, ByteBuffer buffer, PooledByteBuffer pooled) {
    switch (of.framing()) {
      case LENGTH -> {
        int extra = (int) Math.max(0, buffer.remaining() - remaining);
        buffer.limit(buffer.limit() - extra);
        remaining -= buffer.remaining();
        if (remaining == 0) endOfBody(of, buffer, pooled, extra);
        else send(buffer, pooled, false);
      }
      case CHUNKED -> {
        try {
          decoder.decode(buffer);
        } catch (IOException e) {
          pooled.close();
          ended = true;
          request.closedByInstance(true, false);
          return;
        }
        if (decoder.ended()) endOfBody(of, buffer, pooled, decoder.rest());
        else send(buffer, pooled, false);
      }
      case UNTIL_CLOSE, BROKEN -> send(buffer, pooled, false);
    }
  }

  /**
   * @param extra bytes after the body, which belong to no request
   */
  private void endOfBody(
      ResponseHead of, ByteBuffer content, @Nullable PooledByteBuffer pooled, int extra) {
    ended = true;
    if (extra == 0 && of.framing() != Framing.UNTIL_CLOSE) connection.responseReceived();
    request.responseReceived(of.keepAliveSeconds());
    var trailers = new HeaderMap();
    for (String field : decoder.trailers()) {
      if (!HeaderFields.isForwardableTrailer(field)) continue;
      var _ = HeaderFields.add(trailers, field, field.indexOf(':'));
    }
    if (trailers.size() > 0) exchange.putAttachment(HttpAttachments.RESPONSE_TRAILERS, trailers);
    send(content, pooled, true);
  }

  // To the client

  private void send(ByteBuffer content, @Nullable PooledByteBuffer pooled, boolean isLast) {
    unsent = content;
    unsentBuffer = pooled;
    last = isLast;
    send();
  }

  private void send() {
    StreamSinkChannel to = sink;
    if (to == null) return;
    try {
      boolean taken = write(to) && to.flush();
      stall(!taken);
      if (taken && last) request.responseSent();
    } catch (IOException e) {
      releaseUnsent();
      request.clientFailed(e);
    }
  }

  private boolean write(StreamSinkChannel to) throws IOException {
    while (unsent.hasRemaining() || (last && !finished)) {
      int before = unsent.position();
      int count = last ? to.writeFinal(unsent) : to.write(unsent);
      bytesSent += unsent.position() - before;
      client.log().received(unsent, before, unsent.position());
      if (count == 0 && unsent.hasRemaining()) return false;
      finished = last && !unsent.hasRemaining();
    }
    releaseUnsent();
    return true;
  }

  private void stall(boolean now) {
    if (stalled == now || sink == null) return;
    stalled = now;
    if (now) sink.resumeWrites();
    else sink.suspendWrites();
    if (!ended) connection.resumeReads(!now);
    request.progress();
  }

  private void releaseUnsent() {
    if (unsentBuffer != null) unsentBuffer.close();
    unsentBuffer = null;
    unsent = EMPTY;
  }
}
