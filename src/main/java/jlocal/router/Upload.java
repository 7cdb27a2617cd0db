package jlocal.router;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSourceChannel;

/**
 * Carries a request to its instance: the head, then the body as it comes and as fast as the
 * instance takes it. One buffer is in hand at a time; while it waits for the client there is none.
 */
final class Upload {
  /** Hears how it went; at most one of these, once. */
  interface Listener {
    void uploaded();

    /** The client went away or sent what is no body. */
    void clientFailed(IOException why);

    /** The instance stopped taking the request; it may have answered already. */
    void instanceStoppedReading();

    void moved();
  }

  /** Four hexadecimal digits and CRLF before the content of a chunk, CRLF after it. */
  private static final int BEFORE = 6;

  private static final int AFTER = 2;

  /** So much goes out, and comes in, as one. */
  private static final int SMALL = 8 * 1024;

  private static final int LARGE_HEAD = Buffers.SIZE / 2;

  private final Lane lane;
  private final HttpServerExchange exchange;
  private final BackendConnection connection;
  private final Listener listener;
  private final @Nullable ChunkedRequest chunks;
  private final boolean chunked;
  private @Nullable StreamSourceChannel body;
  private @Nullable PooledByteBuffer pooled;
  private ByteBuffer out = ByteBuffer.allocate(0);
  private long left;
  private boolean bodyEnded;
  private boolean over;
  private boolean complete;
  private boolean waitsForInstance;
  private final byte @Nullable [] again;

  /** What went out of the body so far; null when it is more than can be sent again. */
  private byte @Nullable [] sent = new byte[0];

  private int writes;

  /**
   * @param again the body as {@link #sentAtOnce} returned it, if it was read from the client before
   */
  Upload(
      Lane lane,
      Incoming incoming,
      BackendConnection connection,
      byte @Nullable [] again,
      Listener listener) {
    this.lane = lane;
    this.exchange = incoming.exchange();
    this.connection = connection;
    this.listener = listener;
    this.chunks = incoming.chunks();
    this.chunked = incoming.chunked();
    this.again = again;
    bodyEnded = !incoming.hasBody() || again != null;
    left = chunked ? Long.MAX_VALUE : exchange.getRequestContentLength();
  }

  boolean isOver() {
    return over;
  }

  /** Whether it is the instance that keeps it waiting, and not the client. */
  boolean waitsForInstance() {
    return waitsForInstance;
  }

  /** Sends the head that the lane's writer holds, and what there is of the body. */
  void start(HeadWriter head) {
    if (!bodyEnded) body = exchange.getRequestChannel();
    try {
      begin(head);
    } catch (IOException e) {
      clientFailed(e);
      return;
    }
    run();
  }

  /** The head and the first bytes of the body go out as one, if these are there. */
  private void begin(HeadWriter head) throws IOException {
    if (again != null) {
      out = ByteBuffer.allocate(head.size() + again.length);
      head.copyTo(out);
      out.put(again).flip();
      return;
    }
    if (head.size() > LARGE_HEAD) {
      out = ByteBuffer.wrap(head.copy());
      return;
    }
    ByteBuffer buffer = take();
    int start = fill(buffer, head.size());
    int from = start < 0 ? 0 : start - head.size();
    int limit = buffer.limit();
    head.copyTo(buffer.position(from));
    buffer.position(from).limit(start < 0 ? from + head.size() : limit);
    out = buffer;
    keep(buffer.slice(from + head.size(), buffer.remaining() - head.size()));
  }

  /** Small bodies are kept for another attempt. */
  private void keep(ByteBuffer body) {
    sent = null;
    if (!connection.isReused() || body.remaining() > SMALL) return;
    sent = new byte[body.remaining()];
    body.get(sent);
  }

  /** The framed body, when all of the request went out in one small write; else null. */
  byte @Nullable [] sentAtOnce() {
    return complete && writes == 1 ? sent : null;
  }

  private ByteBuffer take() {
    if (pooled == null) pooled = lane.buffers().allocate();
    return pooled.getBuffer().clear();
  }

  private void drop() {
    if (pooled != null) pooled.close();
    pooled = null;
    out = ByteBuffer.allocate(0);
  }

  /** Moves bytes until one side has to be waited for. */
  private void run() {
    while (!over) {
      if (!drain()) return;
      if (bodyEnded) {
        finish();
        return;
      }
      if (!fetch()) return;
    }
  }

  /** False when the instance has to be waited for, or is gone. */
  private boolean drain() {
    try {
      while (out.hasRemaining()) {
        if (connection.write(out) == 0) {
          waitForInstance(true);
          return false;
        }
        writes++;
        listener.moved();
      }
      if (waitsForInstance) waitForInstance(false);
      return true;
    } catch (IOException e) {
      stop();
      listener.instanceStoppedReading();
      return false;
    }
  }

  private void waitForInstance(boolean wait) {
    waitsForInstance = wait;
    connection.wantWrites(wait);
    if (wait && body != null) body.suspendReads();
  }

  /** The instance takes bytes again. */
  void writable() {
    run();
  }

  /** False when the client has to be waited for, or failed. */
  private boolean fetch() {
    try {
      ByteBuffer buffer = take();
      int start = fill(buffer, 0);
      if (start < 0 && !bodyEnded) {
        drop();
        waitForClient();
        return false;
      }
      out = buffer.position(Math.max(start, 0)).limit(start < 0 ? 0 : buffer.limit());
      return true;
    } catch (IOException e) {
      clientFailed(e);
      return false;
    }
  }

  private void waitForClient() {
    StreamSourceChannel channel = body;
    if (channel == null) return;
    channel.getReadSetter().set(ready -> run());
    channel.resumeReads();
  }

  /**
   * Reads from the client behind a gap, and frames what it got.
   *
   * @return where the framed bytes start (the buffer's limit is their end), or -1 for none
   */
  private int fill(ByteBuffer buffer, int gap) throws IOException {
    if (body == null || bodyEnded) return -1;
    int start = gap + (chunked ? BEFORE : 0);
    buffer.limit(buffer.capacity() - (chunked ? AFTER : 0)).position(start);
    int count = body.read(buffer);
    listener.moved();
    if (count == 0) return -1;
    if (count < 0) bodyEnded = true;
    else left -= count;
    // HTTP/2 frames a body by itself: what its Content-Length says may be another thing.
    if (left < 0 || (bodyEnded && left > 0 && !chunked)) throw new IOException("wrong length");
    if (!chunked) {
      buffer.flip();
      return count < 0 ? -1 : start;
    }
    return count < 0 ? lastChunk(buffer, gap) : chunk(buffer, start, count);
  }

  private static int chunk(ByteBuffer buffer, int start, int count) {
    buffer.limit(start + count + AFTER).put(start + count, (byte) '\r');
    buffer.put(start + count + 1, (byte) '\n');
    int at = start;
    buffer.put(--at, (byte) '\n').put(--at, (byte) '\r');
    for (int left = count; left > 0; left >>= 4) {
      buffer.put(--at, (byte) Character.forDigit(left & 15, 16));
    }
    return at;
  }

  private int lastChunk(ByteBuffer buffer, int start) {
    var end = new StringBuilder("0\r\n");
    List<String> trailers = chunks == null ? List.of() : chunks.trailers();
    for (String trailer : trailers) {
      if (Trailers.mayPass(trailer)) end.append(trailer).append("\r\n");
    }
    byte[] bytes = end.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    buffer.clear().position(start).put(bytes).flip();
    return start;
  }

  private void finish() {
    complete = true;
    connection.requestSent();
    stop();
    listener.uploaded();
  }

  private void clientFailed(IOException why) {
    stop();
    listener.clientFailed(why);
  }

  /** Ends it where it is: the instance gets no more, and no last chunk. */
  void stop() {
    if (over) return;
    over = true;
    drop();
    if (waitsForInstance) waitForInstance(false);
    if (body != null && !bodyEnded) body.suspendReads();
  }
}
