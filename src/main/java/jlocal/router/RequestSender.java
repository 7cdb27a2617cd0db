package jlocal.router;

import io.undertow.connector.PooledByteBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSourceChannel;

/**
 * Sends a request to an instance: the head, then the body as fast as the instance reads it. Holds
 * at most one buffer, and none while it waits for the client.
 */
final class RequestSender {
  /** At most four hexadecimal digits and CRLF before the content of a chunk. */
  private static final int CHUNK_HEADER = 6;

  private static final int CHUNK_END = 2;

  /** Longer heads are written on their own. */
  private static final int MAX_HEAD_IN_BUFFER = 16 * 1024;

  /** Requests up to this size are written, and arrive, as a whole. */
  private static final int MAX_RESENDABLE = 8 * 1024;

  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private final ProxiedRequest request;
  private final ClientRequest client;
  private final UpstreamConnection connection;
  private final boolean chunked;
  private @Nullable StreamSourceChannel body;

  /** Outstanding bytes of the client's body; MAX_VALUE if chunked. */
  private long remaining;

  private boolean bodyEnded;
  private @Nullable PooledByteBuffer pooled;
  private ByteBuffer unsent = EMPTY;
  private int writes;

  /** The framed body after the first write, for another attempt. */
  private byte @Nullable [] sentBody;

  private boolean ended;
  private boolean complete;
  private boolean waitsForInstance;

  RequestSender(ProxiedRequest request, ClientRequest client, UpstreamConnection connection) {
    this.request = request;
    this.client = client;
    this.connection = connection;
    chunked = client.isChunked();
    remaining = chunked ? Long.MAX_VALUE : client.exchange().getRequestContentLength();
  }

  /**
   * Sends the head and the available part of the body.
   *
   * @param resend the framed body, if an earlier attempt has read it from the client
   */
  void start(byte @Nullable [] resend) {
    byte[] head = client.upstreamHead();
    byte[] rest = resend == null ? new byte[0] : resend;
    bodyEnded = resend != null || !client.hasBody();
    if (!bodyEnded) body = client.exchange().getRequestChannel();
    // Write the head together with the first bytes of the body.
    boolean fits = head.length <= MAX_HEAD_IN_BUFFER;
    ByteBuffer buffer = fits ? takeBuffer() : ByteBuffer.allocate(head.length + rest.length);
    buffer.put(head).put(rest);
    try {
      if (fits) readBody(buffer);
    } catch (IOException e) {
      clientFailed(e);
      return;
    }
    unsent = buffer.flip();
    if (connection.isReused() && unsent.remaining() <= MAX_RESENDABLE) {
      sentBody = new byte[unsent.remaining() - head.length];
      unsent.get(head.length, sentBody);
    }
    run();
  }

  /** Returns the framed body if the whole request was sent in one small write; else null. */
  byte @Nullable [] resendableBody() {
    return complete && writes == 1 ? sentBody : null;
  }

  boolean isEnded() {
    return ended;
  }

  /** Whether it waits for the instance to read, rather than for the client to send. */
  boolean waitsForInstance() {
    return waitsForInstance;
  }

  /** Moves bytes until it has to wait for one side. */
  void run() {
    while (!ended) {
      if (!write()) return;
      if (bodyEnded) {
        complete = true;
        connection.requestSent();
        stop();
        request.requestSent();
      } else if (!fill()) {
        return;
      }
    }
  }

  /** Writes unsent bytes; returns false if it has to wait for the instance, or that is gone. */
  private boolean write() {
    try {
      while (unsent.hasRemaining()) {
        if (connection.write(unsent) == 0) {
          waitForInstance(true);
          return false;
        }
        writes++;
        request.progress();
      }
      if (waitsForInstance) waitForInstance(false);
      return true;
    } catch (IOException e) {
      stop();
      // Its response so far, and then the end, must still be read.
      connection.resumeReads(true);
      return false;
    }
  }

  private void waitForInstance(boolean wait) {
    waitsForInstance = wait;
    connection.resumeWrites(wait);
    if (wait && body != null) body.suspendReads();
  }

  /** Reads more of the body; returns false if it has to wait for the client, or reading failed. */
  private boolean fill() {
    try {
      ByteBuffer buffer = takeBuffer();
      readBody(buffer);
      unsent = buffer.flip();
    } catch (IOException e) {
      clientFailed(e);
      return false;
    }
    if (unsent.hasRemaining() || bodyEnded || body == null) return true;
    releaseBuffer();
    body.getReadSetter().set(ready -> run());
    body.resumeReads();
    return false;
  }

  /** Appends the next bytes of the body, framed. */
  private void readBody(ByteBuffer into) throws IOException {
    if (body == null || bodyEnded) return;
    int start = into.position();
    if (chunked) into.limit(into.capacity() - CHUNK_END).position(start + CHUNK_HEADER);
    int content = into.position();
    int count = body.read(into);
    client.log().sent(into, content, content + Math.max(0, count));
    request.progress();
    if (count < 0) bodyEnded = true;
    else remaining -= count;
    // An HTTP/2 stream may be shorter or longer than its Content-Length.
    boolean tooShort = bodyEnded && !chunked && remaining > 0;
    if (remaining < 0 || tooShort) throw new IOException("not the length of Content-Length");
    if (!chunked) return;
    into.limit(into.capacity());
    if (count > 0) {
      byte[] header = ascii(Integer.toHexString(count) + "\r\n");
      int moved = start + header.length;
      into.put(start, header).put(moved, into, content, count);
      into.position(moved + count).put((byte) '\r').put((byte) '\n');
    } else {
      into.position(start);
      if (bodyEnded) into.put(lastChunk());
    }
  }

  private byte[] lastChunk() {
    var end = new StringBuilder("0\r\n");
    if (client.chunks() != null) {
      for (String trailer : client.chunks().trailers()) {
        if (HeaderFields.isForwardableTrailer(trailer)) end.append(trailer).append("\r\n");
      }
    }
    return ascii(end.append("\r\n").toString());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private ByteBuffer takeBuffer() {
    if (pooled == null) pooled = client.allocateBuffer();
    return pooled.getBuffer().clear();
  }

  private void releaseBuffer() {
    if (pooled != null) pooled.close();
    pooled = null;
    unsent = EMPTY;
  }

  private void clientFailed(IOException why) {
    stop();
    request.clientFailed(why);
  }

  /** Stops sending: the instance gets no further bytes, and no last chunk. */
  void stop() {
    if (ended) return;
    ended = true;
    releaseBuffer();
    if (waitsForInstance) waitForInstance(false);
    if (body != null && !bodyEnded) body.suspendReads();
  }
}
