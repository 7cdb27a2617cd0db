package jlocal.router;

import io.undertow.connector.PooledByteBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an instance answers: informational heads, the head, and the body as its framing says.
 * Content goes to the {@link Answer}; when the client does not take it, reading stops.
 */
final class Download {
  /** Hears how it went. */
  interface Listener {
    /** A 1xx head, which is not the answer yet. */
    void informed(ResponseHead head);

    /** The instance agreed to another protocol; {@code rest} is what it said in that already. */
    void upgraded(ResponseHead head, ByteBuffer rest);

    /** The head of the answer; returns where its body is to go. */
    Answer answered(ResponseHead head, Framing framing);

    /** The answer was read to its end. */
    void received(ResponseHead head);

    /**
     * The instance closed the connection too early.
     *
     * @param any whether it had sent something
     * @param unread whether it had closed before the request reached it
     */
    void broke(boolean any, boolean unread);

    /** What came is not HTTP. */
    void garbled();

    void moved();
  }

  private static final int RESET = -2;

  private final Lane lane;
  private final BackendConnection connection;
  private final Listener listener;
  private final Incoming request;
  private final ChunkDecoder decoder = new ChunkDecoder();
  private byte[] early = new byte[0];
  private @Nullable ResponseHead head;
  private @Nullable Answer answer;
  private Framing framing = Framing.NONE;
  private long left;
  private boolean any;
  private boolean over;

  Download(Lane lane, Incoming request, BackendConnection connection, Listener listener) {
    this.lane = lane;
    this.request = request;
    this.connection = connection;
    this.listener = listener;
  }

  /** The instance sent something, or closed. One full buffer may hide another. */
  void readable() {
    // XNIO may tell of an event twice, and also while reading is suspended.
    boolean full = !isStalled();
    for (int i = 0; full && !over && i < 8; i++) full = step();
  }

  void stop() {
    over = true;
  }

  private boolean step() {
    PooledByteBuffer pooled = lane.buffers().allocate();
    ByteBuffer buffer = pooled.getBuffer();
    int count = read(buffer);
    if (count <= 0) {
      pooled.close();
      if (count < 0) closed(count);
      return false;
    }
    any = true;
    listener.moved();
    boolean full = !buffer.hasRemaining();
    take(pooled, buffer.flip());
    return full && !isStalled();
  }

  private boolean isStalled() {
    return answer != null && answer.isStalled();
  }

  private int read(ByteBuffer buffer) {
    try {
      return connection.read(buffer);
    } catch (IOException e) {
      return RESET;
    }
  }

  private void closed(int how) {
    if (framing.equals(Framing.UNTIL_CLOSE) && head != null) {
      finish(ByteBuffer.allocate(0), null, 0);
      return;
    }
    over = true;
    listener.broke(any, how != RESET && !any && connection.refusesBytes());
  }

  private void take(PooledByteBuffer pooled, ByteBuffer buffer) {
    if (head != null || readHead(buffer)) body(buffer, pooled);
    else pooled.close();
  }

  /** Reads heads until that of the answer; true when the rest of the buffer is its body. */
  private boolean readHead(ByteBuffer buffer) {
    while (!over && buffer.hasRemaining()) {
      ResponseHead next = nextHead(buffer);
      if (next == null) return false;
      if (next.status() == 101) {
        upgrade(next, buffer);
      } else if (next.status() < 200) {
        listener.informed(next);
      } else {
        return begin(next);
      }
    }
    return false;
  }

  private void upgrade(ResponseHead agreed, ByteBuffer rest) {
    over = true;
    if (request.upgrade() != null) listener.upgraded(agreed, rest);
    else listener.garbled();
  }

  private boolean begin(ResponseHead next) {
    framing = next.framing(request.isHead());
    if (framing.equals(Framing.BROKEN)) {
      garble();
      return false;
    }
    head = next;
    left = framing instanceof Framing.Length length ? length.bytes() : 0;
    answer = listener.answered(next, framing);
    return true;
  }

  private void garble() {
    over = true;
    listener.garbled();
  }

  private @Nullable ResponseHead nextHead(ByteBuffer buffer) {
    int before = early.length;
    byte[] bytes = before == 0 ? lane.scratch() : Arrays.copyOf(early, before + buffer.remaining());
    int length = before + buffer.remaining();
    int start = buffer.position();
    buffer.get(start, bytes, before, buffer.remaining());
    int end = ResponseHead.end(bytes, before, length);
    if (end < 0) {
      early = Arrays.copyOf(bytes, length);
      buffer.position(buffer.limit());
      if (length > ResponseHead.LONGEST) garble();
      return null;
    }
    early = new byte[0];
    buffer.position(start + end - before);
    ResponseHead parsed =
        ResponseHead.parse(bytes, end, lane.names(), request.exchange().getResponseHeaders());
    if (parsed == null) garble();
    return parsed;
  }

  private void body(ByteBuffer buffer, PooledByteBuffer pooled) {
    switch (framing) {
      case Framing.None _ -> finish(buffer.slice(0, 0), pooled, buffer.remaining());
      case Framing.Length _ -> fixed(buffer, pooled);
      case Framing.Chunked _ -> chunked(buffer, pooled);
      case Framing.UntilClose _, Framing.Broken _ -> pass(buffer, pooled);
    }
  }

  private void fixed(ByteBuffer buffer, PooledByteBuffer pooled) {
    int extra = (int) Math.max(0, buffer.remaining() - left);
    buffer.limit(buffer.limit() - extra);
    left -= buffer.remaining();
    if (left == 0) finish(buffer, pooled, extra);
    else pass(buffer, pooled);
  }

  private void chunked(ByteBuffer buffer, PooledByteBuffer pooled) {
    try {
      decoder.decode(buffer);
    } catch (IOException e) {
      pooled.close();
      over = true;
      listener.broke(true, false);
      return;
    }
    if (decoder.ended()) finish(buffer, pooled, decoder.rest());
    else pass(buffer, pooled);
  }

  private void pass(ByteBuffer content, PooledByteBuffer pooled) {
    if (answer == null) pooled.close();
    else answer.give(content, pooled, false);
  }

  private void finish(ByteBuffer content, @Nullable PooledByteBuffer pooled, int extra) {
    over = true;
    // What stands behind an answer belongs to no request.
    if (extra == 0 && !framing.equals(Framing.UNTIL_CLOSE)) connection.responseReceived();
    if (head != null) listener.received(head);
    if (answer == null) return;
    answer.trailers(decoder.trailers());
    answer.give(content, pooled, true);
  }
}
