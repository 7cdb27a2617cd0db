package jlocal.router;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.Buffers;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Reads the heads of a client's HTTP/1 requests. They bypass Undertow's parser, which rejects
 * targets that an app may accept, and accepts fields that two servers may read differently; it gets
 * a substitute head with the same method, version and framing.
 *
 * <p>All other bytes (bodies, and everything after an upgrade) pass unseen: a head is expected only
 * at the start of a connection and after an exchange that leaves it in HTTP/1. Undertow and the
 * router read only by {@link #read(ByteBuffer)}.
 */
final class RequestHeadConduit extends AbstractStreamSourceConduit<StreamSourceConduit>
    implements ExchangeCompletionListener {
  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  /** An IPvFuture (RFC 3986): Undertow checks all other hosts with regular expressions. */
  private static final String HOST = "Host: [v1.a]\r\n";

  /** The limit of a head, in bytes; Heroku allows 8 KiB per line. */
  private static final int MAX_LENGTH = 64 * 1024 - 1;

  private static final int HEAD_TIMEOUT_SECONDS = 30;

  /** The first byte of a TLS connection. */
  private static final byte TLS_HANDSHAKE = 22;

  private final StreamConnection client;
  private final ByteBufferPool buffers;
  private final Runnable sawTls;
  private final HeadBuffer headBuffer = new HeadBuffer();

  /** The head of the current request; null before it is complete. */
  private @Nullable RequestHead head;

  /** Bytes read from the client but not passed on. */
  private ByteBuffer held = NONE;

  /** The unread rest of the substitute head. */
  private ByteBuffer substitute = NONE;

  /** Closes the connection of a client that stops in the middle of a head. */
  private XnioExecutor.@Nullable Key headTimeout;

  private RequestHeadConduit(
      StreamConnection client, ByteBufferPool buffers, Runnable sawTls, ByteBuffer first) {
    super(client.getSourceChannel().getConduit());
    held = first;
    this.client = client;
    this.buffers = buffers;
    this.sawTls = sawTls;
  }

  /**
   * Installs itself on a new connection.
   *
   * @param first bytes that were read from it already
   */
  static void install(
      StreamConnection client, ByteBufferPool buffers, Runnable sawTls, ByteBuffer first) {
    var conduit = new RequestHeadConduit(client, buffers, sawTls, first);
    client.getSourceChannel().setConduit(conduit);
  }

  /** Returns the conduit of an HTTP/1 exchange; null for HTTP/2. */
  static @Nullable RequestHeadConduit of(HttpServerExchange exchange) {
    if (!(exchange.getConnection() instanceof HttpServerConnection connection)) return null;
    return (RequestHeadConduit) connection.getOriginalSourceConduit();
  }

  /** Returns the head of a request that begins; at its end the next head is read. */
  static RequestHead head(HttpServerExchange exchange) {
    RequestHeadConduit http1 = of(exchange);
    if (http1 == null) return RequestHead.http2(exchange);
    exchange.addExchangeCompleteListener(http1);
    return Objects.requireNonNull(http1.head);
  }

  @Override
  public void exchangeEvent(HttpServerExchange exchange, NextListener nextListener) {
    if (exchange.isPersistent() && !exchange.isUpgrade()) head = null;
    nextListener.proceed();
  }

  /** Whether it holds bytes that were read from the client but not passed on. */
  boolean holdsBytes() {
    return held.hasRemaining();
  }

  /** Puts back bytes that were read too early. */
  void unread(ByteBuffer bytes) {
    held = copy(bytes, held);
  }

  /** Copies the bytes, which outlive their buffers. */
  private static ByteBuffer copy(ByteBuffer first, ByteBuffer second) {
    int length = first.remaining() + second.remaining();
    return length == 0 ? NONE : ByteBuffer.allocate(length).put(first).put(second).flip();
  }

  /**
   * Reads ahead, to notice the end of the connection.
   *
   * @return the number of bytes, -1 at the end
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
    while (head == null) {
      int count = held.hasRemaining() ? 1 : readAhead();
      if (count <= 0) {
        if (headBuffer.length() > 0) startTimeout();
        return count;
      }
      if (headBuffer.length() == 0 && held.get(held.position()) == TLS_HANDSHAKE) {
        sawTls.run();
        return -1;
      }
      readHead();
    }
    if (substitute.hasRemaining()) return Buffers.copy(into, substitute);
    return held.hasRemaining() ? Buffers.copy(into, held) : next.read(into);
  }

  private void readHead() {
    String text = headBuffer.take(held);
    if ((text == null ? headBuffer.length() : text.length()) > MAX_LENGTH) {
      head = RequestHead.tooLong();
    } else if (text != null) {
      head = RequestHead.http1(text);
    }
    if (head == null) return;
    if (headTimeout != null) headTimeout.remove();
    headTimeout = null;
    substitute = ByteBuffer.wrap(substitute(head).getBytes(StandardCharsets.ISO_8859_1));
  }

  private void startTimeout() {
    if (headTimeout != null) return;
    Runnable close = () -> IoUtils.safeClose(client);
    headTimeout = client.getIoThread().executeAfter(close, HEAD_TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Returns the head for Undertow; for a rejected request, one without a body that closes the
   * connection.
   */
  private static String substitute(RequestHead head) {
    if (head.isHttp2()) return "PRI * HTTP/2.0\r\n\r\n";
    if (head.refusal() != null) return "GET / HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n";
    String length = head.headers().getFirst(Headers.CONTENT_LENGTH);
    String framing = length == null ? "" : "Content-Length: " + length + "\r\n";
    if (head.headers().contains(Headers.TRANSFER_ENCODING)) {
      framing = "Transfer-Encoding: chunked\r\n";
    }
    String connection = head.isPersistent() ? "keep-alive" : "close";
    String line = head.method() + " / " + head.version();
    return line + "\r\n" + HOST + framing + "Connection: " + connection + "\r\n\r\n";
  }

  @Override
  public void resumeReads() {
    if (substitute.hasRemaining() || held.hasRemaining()) super.wakeupReads();
    else super.resumeReads();
  }

  @Override
  public boolean isReadShutdown() {
    return !held.hasRemaining() && super.isReadShutdown();
  }
}
