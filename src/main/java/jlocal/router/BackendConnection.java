package jlocal.router;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * One connection to an instance. Its reads are never suspended while it is idle, so an instance
 * that closes it is noticed at once and not by the next request.
 */
final class BackendConnection {
  /** Who is told of what happens here. */
  interface User {
    void readable();

    void writable();
  }

  /** Heroku's router closes connections that were idle for so long. */
  private static final int IDLE_SECONDS = 90;

  /** Shorter than any server keeps an idle connection. */
  private static final Duration SURE = Duration.ofSeconds(1);

  private final BackendPool pool;
  private final StreamConnection stream;
  private final ConduitStreamSourceChannel source;
  private final ConduitStreamSinkChannel sink;
  private @Nullable User user;
  private boolean reused;
  private boolean closed;

  /** Whether every byte of the request that its head announced went out, and no other. */
  private boolean requestSent;

  /** Whether the response was read to its exact end, with nothing behind it. */
  private boolean responseReceived;

  private long idleSince;
  private long freshUntil;

  BackendConnection(BackendPool pool, StreamConnection stream) {
    this.pool = pool;
    this.stream = stream;
    source = stream.getSourceChannel();
    sink = stream.getSinkChannel();
    source.setReadListener(channel -> readable());
    sink.setWriteListener(channel -> writable());
    source.resumeReads();
  }

  StreamConnection stream() {
    return stream;
  }

  /** Whether it has served a request before: then the instance may have closed it just now. */
  boolean isReused() {
    return reused;
  }

  void use(User newUser) {
    user = newUser;
    requestSent = false;
    responseReceived = false;
  }

  void requestSent() {
    requestSent = true;
  }

  void responseReceived() {
    responseReceived = true;
  }

  private void readable() {
    if (user != null) user.readable();
    else if (!isSilent()) close(); // XNIO may tell of an event twice
  }

  private void writable() {
    if (user != null) user.writable();
    else sink.suspendWrites();
  }

  int read(ByteBuffer buffer) throws IOException {
    return source.read(buffer);
  }

  int write(ByteBuffer buffer) throws IOException {
    return sink.write(buffer);
  }

  void wantWrites(boolean wanted) {
    if (wanted) sink.resumeWrites();
    else sink.suspendWrites();
  }

  void wantReads(boolean wanted) {
    if (wanted) source.resumeReads();
    else source.suspendReads();
  }

  /**
   * Lets the next request have it, if request and response have both ended as they said.
   *
   * @param idleSeconds after which the instance closes it; 0 or less when it takes no request more
   */
  void giveBack(int idleSeconds) {
    user = null;
    reused = true;
    idleSince = System.nanoTime();
    int seconds = Math.min(idleSeconds - 1, IDLE_SECONDS);
    freshUntil = idleSince + TimeUnit.SECONDS.toNanos(seconds);
    if (seconds > 0 && requestSent && responseReceived) pool.giveBack(this);
    else close();
  }

  /**
   * Whether another request can go here.
   *
   * @param onlyOnce whether the request cannot be sent again: then an instance must have answered a
   *     moment ago, for it may close a connection at the very time when the request is on its way
   */
  boolean isFresh(boolean onlyOnce) {
    long now = System.nanoTime();
    if (closed || now - freshUntil > 0) return false;
    return (!onlyOnce || now - idleSince < SURE.toNanos()) && isSilent();
  }

  /**
   * Whether the instance closed before our last bytes came. Then its system refused them, and
   * refuses one more; had it read them before it closed, that byte would be taken.
   */
  boolean refusesBytes() {
    try {
      write(ByteBuffer.allocate(1));
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private boolean isSilent() {
    try {
      return read(ByteBuffer.allocate(1)) == 0;
    } catch (IOException e) {
      return false; // reset: what the look was for
    }
  }

  /** Closes it at once: to the instance this is the client that went away. */
  void close() {
    if (closed) return;
    closed = true;
    user = null;
    IoUtils.safeClose(stream);
    pool.closed(this);
  }
}
