package jlocal.router;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.Buffers;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ConduitReadableByteChannel;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Reads the heads of a client's HTTP/1 requests. Undertow's parser never sees them: it refuses
 * targets an app may accept, and accepts fields two servers may read in two ways. It gets a head of
 * our own with the same method, version and framing instead.
 *
 * <p>Every other byte (bodies, and all that follows an upgrade) passes unseen: a head is looked for
 * only at the start of a connection and after an exchange that leaves it in HTTP/1.
 */
final class RequestHeadConduit extends AbstractStreamSourceConduit<StreamSourceConduit>
    implements ExchangeCompletionListener {
  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  private static final int HEAD_TIMEOUT_SECONDS = 30;

  private final StreamConnection client;
  private final ByteBufferPool buffers;
  private final Runnable sawTls;
  private RequestHeadParser parser = new RequestHeadParser();
  private boolean inHead = true;

  /** Bytes read from the client and not passed on yet. */
  private ByteBuffer held = NONE;

  /** What Undertow has not read yet of the head it gets instead of the client's. */
  private ByteBuffer substitute = NONE;

  /** Closes the connection of a client that stops in mid-head. */
  private XnioExecutor.@Nullable Key headTimeout;

  private RequestHeadConduit(StreamConnection client, ByteBufferPool buffers, Runnable sawTls) {
    super(client.getSourceChannel().getConduit());
    this.client = client;
    this.buffers = buffers;
    this.sawTls = sawTls;
  }

  /** Installs itself on a new connection. */
  static void install(StreamConnection client, ByteBufferPool buffers, Runnable sawTls) {
    var conduit = new RequestHeadConduit(client, buffers, sawTls);
    client.getSourceChannel().setConduit(conduit);
  }

  /** The conduit of an exchange over HTTP/1; null over HTTP/2. */
  static @Nullable RequestHeadConduit of(HttpServerExchange exchange) {
    if (!(exchange.getConnection() instanceof HttpServerConnection connection)) return null;
    return (RequestHeadConduit) connection.getOriginalSourceConduit();
  }

  /** What was parsed of the current request. At its end the next head is read. */
  RequestHeadParser parsed(HttpServerExchange exchange) {
    exchange.addExchangeCompleteListener(this);
    return parser;
  }

  @Override
  public void exchangeEvent(HttpServerExchange exchange, NextListener nextListener) {
    if (exchange.isPersistent() && !exchange.isUpgrade()) {
      parser = new RequestHeadParser();
      inHead = true;
    }
    nextListener.proceed();
  }

  /** Whether bytes are at hand that were read from the client already. */
  boolean holdsBytes() {
    return held.hasRemaining();
  }

  /** Takes bytes that were read too early: they come before all that follows. */
  void unread(ByteBuffer bytes) {
    held = copy(bytes, held);
  }

  /** These bytes outlive the buffers they were read into. */
  private static ByteBuffer copy(ByteBuffer first, ByteBuffer second) {
    int length = first.remaining() + second.remaining();
    return length == 0 ? NONE : ByteBuffer.allocate(length).put(first).put(second).flip();
  }

  /**
   * Reads ahead, so that the end of the connection is noticed.
   *
   * @return how many bytes came, -1 at the end
   */
  int readAhead() throws IOException {
    try (PooledByteBuffer pooled = buffers.allocate()) {
      int count = next.read(pooled.getBuffer());
      held = copy(held, pooled.getBuffer().flip());
      return count;
    }
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (!into.hasRemaining()) return 0;
    if (inHead) {
      int count = readHead();
      if (count <= 0) return count;
    }
    if (substitute.hasRemaining()) return Buffers.copy(into, substitute);
    return held.hasRemaining() ? Buffers.copy(into, held) : next.read(into);
  }

  /** Reads a head to its end; 0 when the client has to be waited for, -1 when it ended. */
  private int readHead() throws IOException {
    try (PooledByteBuffer pooled = buffers.allocate()) {
      ByteBuffer bytes = pooled.getBuffer().put(held).flip();
      while (!parser.parse(bytes)) {
        int count = next.read(bytes.compact());
        bytes.flip();
        if (count > 0) continue;
        held = copy(bytes, NONE);
        if (held.hasRemaining() || !parser.isAtStart()) startTimeout();
        return count;
      }
      held = copy(bytes, NONE);
    }
    stopTimeout();
    if (parser.isTls()) {
      sawTls.run();
      return -1;
    }
    inHead = false;
    substitute = ByteBuffer.wrap(substitute().getBytes(StandardCharsets.ISO_8859_1));
    return 1;
  }

  private void startTimeout() {
    if (headTimeout != null) return;
    Runnable close = () -> IoUtils.safeClose(client);
    headTimeout = client.getIoThread().executeAfter(close, HEAD_TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  private void stopTimeout() {
    if (headTimeout != null) headTimeout.remove();
    headTimeout = null;
  }

  /**
   * The head for Undertow; for a refused request, one without a body that closes the connection.
   */
  private String substitute() {
    if (parser.isPriorKnowledge()) return "PRI * HTTP/2.0\r\n\r\n";
    if (parser.refusal() != null) return "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    RequestHead head = parser.head();
    String length = head.headers().getFirst(Headers.CONTENT_LENGTH);
    String framing = length == null ? "" : "Content-Length: " + length + "\r\n";
    if (head.headers().contains(Headers.TRANSFER_ENCODING)) {
      framing = "Transfer-Encoding: chunked\r\n";
    }
    String connection = head.isPersistent() ? "keep-alive" : "close";
    String line = head.method() + " / " + head.version();
    return line + "\r\nHost: a\r\n" + framing + "Connection: " + connection + "\r\n\r\n";
  }

  @Override
  public long read(ByteBuffer[] into, int offset, int count) throws IOException {
    for (int i = offset; i < offset + count; i++) {
      if (into[i].hasRemaining()) return read(into[i]);
    }
    return 0;
  }

  @Override
  public long transferTo(long position, long count, FileChannel target) throws IOException {
    return target.transferFrom(new ConduitReadableByteChannel(this), position, count);
  }

  @Override
  public long transferTo(long count, ByteBuffer through, StreamSinkChannel target)
      throws IOException {
    return IoUtils.transfer(new ConduitReadableByteChannel(this), count, through, target);
  }

  @Override
  public void resumeReads() {
    if (isReadable()) super.wakeupReads();
    else super.resumeReads();
  }

  /** Whether a read yields bytes, or at least a part of a head that was not looked at yet. */
  private boolean isReadable() {
    return inHead
        ? held.remaining() > parser.scanned()
        : substitute.hasRemaining() || held.hasRemaining();
  }

  @Override
  public boolean isReadShutdown() {
    return !held.hasRemaining() && super.isReadShutdown();
  }
}
