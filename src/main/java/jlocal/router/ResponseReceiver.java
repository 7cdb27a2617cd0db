package jlocal.router;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpAttachments;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSinkChannel;

/**
 * Receives the response of an instance and writes it to the client: informational heads, the head,
 * and the body as its framing says. It flushes whenever no more bytes are at hand, so that events
 * arrive at once. While the client does not read, it holds one buffer and does not read either.
 */
final class ResponseReceiver {
  private static final int MAX_READS_AT_ONCE = 8;
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private final ProxiedRequest request;
  private final ClientRequest client;
  private final HttpServerExchange exchange;
  private final UpstreamConnection connection;
  private final ChunkDecoder decoder = new ChunkDecoder();

  /** The beginning of a head whose end has not come yet. */
  private byte[] partialHead = new byte[0];

  private @Nullable ResponseHead head;
  private BodyFraming framing = BodyFraming.NONE;

  /** Bytes of the body that have not come yet, if its length is known. */
  private long remaining;

  private boolean receivedAny;
  private boolean ended;
  private @Nullable StreamSinkChannel sink;

  /** Content that the client has not taken yet. */
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

  /** How many bytes of the body the client's connection has taken. */
  long bytesSent() {
    return bytesSent;
  }

  void stop() {
    ended = true;
    releaseUnsent();
  }

  // From the instance

  /** The instance sent something, or closed. */
  void readable() {
    for (int i = 0; i < MAX_READS_AT_ONCE && !stalled && !ended; i++) {
      if (!readOnce()) return;
    }
  }

  /** False when there is no more to read now. */
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
    if (head != null || readHeads(buffer)) receiveBody(buffer, pooled);
    else pooled.close();
    return more;
  }

  private void closedByInstance(boolean reset) {
    if (framing.equals(BodyFraming.UNTIL_CLOSE) && head != null) {
      endOfBody(EMPTY, null, 0);
      return;
    }
    ended = true;
    request.closedByInstance(receivedAny, !receivedAny && !reset && connection.rejectsWrites());
  }

  /** Reads heads up to the final one; true if the rest of the buffer is its body. */
  private boolean readHeads(ByteBuffer buffer) {
    while (!ended && buffer.hasRemaining()) {
      ResponseHead next = readHead(buffer);
      if (next == null) return false;
      if (next.status() >= 200) return start(next);
      if (next.status() == 101) switchProtocols(next, buffer);
      else sendInformational(next);
    }
    return false;
  }

  private @Nullable ResponseHead readHead(ByteBuffer buffer) {
    int before = partialHead.length;
    byte[] bytes = Arrays.copyOf(partialHead, before + buffer.remaining());
    buffer.get(buffer.position(), bytes, before, buffer.remaining());
    int end = ResponseHead.end(bytes, before, bytes.length);
    if (end < 0) {
      partialHead = bytes;
      buffer.position(buffer.limit());
      if (bytes.length > ResponseHead.MAX_LENGTH) malformed();
      return null;
    }
    partialHead = new byte[0];
    buffer.position(buffer.position() + end - before);
    ResponseHead parsed = ResponseHead.parse(bytes, end, exchange.getResponseHeaders());
    if (parsed == null) malformed();
    return parsed;
  }

  private void malformed() {
    ended = true;
    request.fail(RouterError.H17);
  }

  private void sendInformational(ResponseHead informational) {
    try {
      InformationalResponse.send(exchange, informational);
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
    setHead(switching, BodyFraming.NONE);
    request.switchProtocols(switching, first);
  }

  private boolean start(ResponseHead received) {
    framing = received.framing(client.isHead());
    if (framing.equals(BodyFraming.BROKEN)) {
      malformed();
      return false;
    }
    head = received;
    remaining = framing instanceof BodyFraming.Length length ? length.bytes() : 0;
    setHead(received, framing);
    request.responseStarted();
    HeaderFields.setKeepAlive(exchange);
    sink = exchange.getResponseChannel();
    sink.getWriteSetter().set(channel -> send());
    return true;
  }

  private void setHead(ResponseHead received, BodyFraming bodyFraming) {
    exchange.setStatusCode(received.status());
    exchange.setReasonPhrase(received.reason());
    HeaderMap fields = received.headers();
    switch (bodyFraming) {
      case BodyFraming.Length length -> {
        if (fields.count(Headers.CONTENT_LENGTH) > 1) {
          fields.put(Headers.CONTENT_LENGTH, length.bytes());
        }
      }
      case BodyFraming.Chunked _, BodyFraming.UntilClose _ -> {
        fields.remove(Headers.CONTENT_LENGTH);
        if (exchange.isHttp11()) fields.put(Headers.TRANSFER_ENCODING, "chunked");
      }
      case BodyFraming.None _, BodyFraming.Broken _ -> {}
    }
  }

  private void receiveBody(ByteBuffer buffer, PooledByteBuffer pooled) {
    switch (framing) {
      case BodyFraming.None _ -> endOfBody(buffer.slice(0, 0), pooled, buffer.remaining());
      case BodyFraming.Length _ -> {
        int extra = (int) Math.max(0, buffer.remaining() - remaining);
        buffer.limit(buffer.limit() - extra);
        remaining -= buffer.remaining();
        if (remaining == 0) endOfBody(buffer, pooled, extra);
        else send(buffer, pooled, false);
      }
      case BodyFraming.Chunked _ -> {
        try {
          decoder.decode(buffer);
        } catch (IOException e) {
          pooled.close();
          ended = true;
          request.closedByInstance(true, false);
          return;
        }
        if (decoder.ended()) endOfBody(buffer, pooled, decoder.rest());
        else send(buffer, pooled, false);
      }
      case BodyFraming.UntilClose _, BodyFraming.Broken _ -> send(buffer, pooled, false);
    }
  }

  /**
   * @param extra bytes after the body, which belong to no request
   */
  private void endOfBody(ByteBuffer content, @Nullable PooledByteBuffer pooled, int extra) {
    ended = true;
    if (extra == 0 && !framing.equals(BodyFraming.UNTIL_CLOSE)) connection.responseReceived();
    request.responseReceived(head == null ? 0 : head.keepAliveSeconds());
    HeaderMap trailers = HeaderFields.trailers(decoder.trailers());
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
      int before = unsent.remaining();
      int count = last ? to.writeFinal(unsent) : to.write(unsent);
      bytesSent += before - unsent.remaining();
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
