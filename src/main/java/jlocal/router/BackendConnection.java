package jlocal.router;

import java.io.IOException;
import java.nio.ByteBuffer;
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

  private final BackendPool pool;
  private final StreamConnection stream;
  private final ConduitStreamSourceChannel source;
  private final ConduitStreamSinkChannel sink;
  private @Nullable User user;
  private boolean reused;
  private boolean closed;
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
   * Lets the next request have it.
   *
   * @param idleSeconds after which the instance will close it
   */
  void giveBack(int idleSeconds) {
    user = null;
    reused = true;
    int seconds = Math.min(idleSeconds - 1, IDLE_SECONDS);
    freshUntil = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    if (seconds <= 0) close();
    else pool.giveBack(this);
  }

  /** Whether another request can go here; {@code certain} asks the socket too. */
  boolean isFresh(boolean certain) {
    if (closed || (reused && System.nanoTime() - freshUntil > 0)) return false;
    return !certain || isSilent();
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
