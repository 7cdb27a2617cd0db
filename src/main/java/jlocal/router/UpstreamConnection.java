package jlocal.router;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * A connection to an instance. It becomes idle again only if a request and its response have both
 * ended exactly as their heads say. Reads are never suspended while it is idle, so a close by the
 * instance is noticed at once.
 */
final class UpstreamConnection {
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(90);

  /** Shorter than the idle timeout of any known server. */
  private static final Duration SAFE_IDLE_TIME = Duration.ofSeconds(1);

  private final IoThreadContext thread;
  private final Backend backend;
  private final StreamConnection stream;
  private final ConduitStreamSourceChannel source;
  private final ConduitStreamSinkChannel sink;
  private @Nullable RequestSender sender;
  private @Nullable ResponseReceiver receiver;
  private boolean reused;
  private boolean closed;
  private boolean requestSent;
  private boolean responseReceived;
  private long idleSince;
  private long expires;

  UpstreamConnection(IoThreadContext thread, Backend backend, StreamConnection stream) {
    this.thread = thread;
    this.backend = backend;
    this.stream = stream;
    source = stream.getSourceChannel();
    sink = stream.getSinkChannel();
    idleSince = System.nanoTime();
    expires = idleSince + IDLE_TIMEOUT.toNanos();
    source.setReadListener(channel -> readable());
    sink.setWriteListener(channel -> writable());
    source.resumeReads();
  }

  StreamConnection stream() {
    return stream;
  }

  /** Whether it has carried a request before; then the instance may just have closed it. */
  boolean isReused() {
    return reused;
  }

  /** Begins an exchange of a request and its response. */
  void begin(RequestSender newSender, ResponseReceiver newReceiver) {
    sender = newSender;
    receiver = newReceiver;
    requestSent = false;
    responseReceived = false;
  }

  /** Called when the whole request was written, exactly as its head announced. */
  void requestSent() {
    requestSent = true;
  }

  /** Called when the response was read to its exact end, without further bytes. */
  void responseReceived() {
    responseReceived = true;
  }

  /**
   * Ends the exchange: returns to the pool if both sides are done, else closes.
   *
   * @param idleSeconds until the instance closes it; 0 or less if it accepts no more requests
   */
  void end(int idleSeconds) {
    sender = null;
    receiver = null;
    reused = true;
    idleSince = System.nanoTime();
    // Close it a second before the instance does.
    Duration timeout = Duration.ofSeconds(idleSeconds - 1L);
    if (timeout.compareTo(IDLE_TIMEOUT) > 0) timeout = IDLE_TIMEOUT;
    expires = idleSince + timeout.toNanos();
    if (timeout.isPositive() && requestSent && responseReceived) thread.release(backend, this);
    else close();
  }

  /**
   * Whether it can carry another request.
   *
   * @param repeatable whether that request can be sent again; if not, the connection must have been
   *     in use a moment ago, since the instance may close an idle one while the request is on its
   *     way
   */
  boolean isReusable(boolean repeatable) {
    long now = System.nanoTime();
    boolean safe = repeatable || now - idleSince < SAFE_IDLE_TIME.toNanos();
    return !closed && safe && now - expires < 0 && isSilent();
  }

  private boolean isSilent() {
    try {
      return read(ByteBuffer.allocate(1)) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Whether the instance closed the connection before our last bytes arrived. If so, its kernel has
   * responded with a reset, and a further write fails.
   */
  boolean rejectsWrites() {
    try {
      write(ByteBuffer.allocate(1));
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  // XNIO may report an event twice, or after it was suspended.

  private void readable() {
    if (receiver != null) receiver.readable();
    else if (!isSilent()) close();
  }

  private void writable() {
    if (sender != null) sender.run();
    else sink.suspendWrites();
  }

  int read(ByteBuffer buffer) throws IOException {
    return source.read(buffer);
  }

  int write(ByteBuffer buffer) throws IOException {
    return sink.write(buffer);
  }

  void resumeWrites(boolean resume) {
    if (resume) sink.resumeWrites();
    else sink.suspendWrites();
  }

  void resumeReads(boolean resume) {
    if (resume) source.resumeReads();
    else source.suspendReads();
  }

  /** Closes it; the instance sees that the client has disconnected. */
  void close() {
    if (closed) return;
    closed = true;
    sender = null;
    receiver = null;
    IoUtils.safeClose(stream);
    thread.closed(backend, this);
  }
}
