package jlocal.router;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Sees the bytes of a request's head before Undertow's parser does, for what that forgives or
 * forgets: folded lines, the exact target, an empty line before the request, the length of it all.
 */
final class HeadGuard extends AbstractStreamSourceConduit<StreamSourceConduit>
    implements ExchangeCompletionListener {
  /** First byte of a TLS connection. */
  private static final byte TLS_HANDSHAKE = 22;

  private static final byte UNREADABLE = 0;

  private final Runnable sawTls;
  private boolean inHead = true;
  private boolean first = true;
  private boolean taken;
  private boolean lineStarts;
  private boolean lineIsEmpty;
  private boolean inRequestLine;
  private int spaces;
  private byte[] target = new byte[128];
  private int targetLength;
  private int length;

  private HeadGuard(StreamSourceConduit next, Runnable sawTls) {
    super(next);
    this.sawTls = sawTls;
  }

  /**
   * Puts itself before a new connection.
   *
   * @param read its first bytes, if some have been read
   */
  static HeadGuard before(
      StreamConnection client, @Nullable PooledByteBuffer read, Runnable sawTls) {
    var source = client.getSourceChannel();
    var guard = new HeadGuard(source.getConduit(), sawTls);
    source.setConduit(guard);
    guard.begin(read);
    return guard;
  }

  /** The guard of a request over HTTP/1; it looks at the next one when this one is over. */
  static @Nullable HeadGuard of(HttpServerExchange exchange) {
    if (!(exchange.getConnection() instanceof HttpServerConnection connection)) return null;
    if (!(connection.getOriginalSourceConduit() instanceof HeadGuard guard)) return null;
    exchange.addExchangeCompleteListener(guard);
    guard.taken = true;
    return guard;
  }

  /** How many bytes the head had. */
  int length() {
    return length;
  }

  /** The request's target, byte for byte; null when it has none. */
  @Nullable String target() {
    if (targetLength == 0) return null;
    return new String(target, 0, targetLength, StandardCharsets.ISO_8859_1);
  }

  /** Whether the parser could read this head, and so a request began. */
  boolean isTaken() {
    return taken;
  }

  @Override
  public void exchangeEvent(HttpServerExchange exchange, NextListener nextListener) {
    begin(((HttpServerConnection) exchange.getConnection()).getExtraBytes());
    nextListener.proceed();
  }

  /** The next head begins, maybe with bytes that were read behind the last request. */
  private void begin(@Nullable PooledByteBuffer read) {
    inHead = true;
    first = true;
    taken = false;
    lineStarts = false;
    lineIsEmpty = false;
    inRequestLine = true;
    spaces = 0;
    targetLength = 0;
    length = 0;
    if (read == null || !read.getBuffer().hasRemaining()) return;
    first = false;
    ByteBuffer bytes = read.getBuffer();
    int start = bytes.position();
    boolean skip = bytes.remaining() > 2 && isEmptyLine(bytes, start, bytes.limit());
    if (skip) bytes.position(start + 2);
    look(bytes, bytes.position(), bytes.limit());
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int start = into.position();
    int count = next.read(into);
    if (!inHead || count <= 0) return count;
    if (first) skipEmptyLine(into, start);
    look(into, start, into.position());
    return into.position() - start;
  }

  @Override
  public long read(ByteBuffer[] into, int offset, int count) throws IOException {
    for (int i = offset; i < offset + count; i++) {
      if (into[i].hasRemaining()) return read(into[i]);
    }
    return 0;
  }

  /** RFC 9112, section 2.2: one such line before a request is to be ignored. */
  private void skipEmptyLine(ByteBuffer bytes, int start) {
    first = false;
    int end = bytes.position();
    if (bytes.get(start) == TLS_HANDSHAKE) sawTls.run();
    if (!isEmptyLine(bytes, start, end)) return;
    bytes.put(start, bytes, start + 2, end - start - 2).position(end - 2);
  }

  private static boolean isEmptyLine(ByteBuffer bytes, int start, int end) {
    return end - start >= 2 && bytes.get(start) == '\r' && bytes.get(start + 1) == '\n';
  }

  private void look(ByteBuffer bytes, int start, int end) {
    int at = start;
    while (inHead && at < end) {
      if (inRequestLine) requestLine(bytes, at);
      if (lineStarts || bytes.get(at) == '\n') step(bytes, at);
      else if (bytes.get(at) != '\r') lineIsEmpty = false;
      at++;
    }
    length += at - start;
  }

  /** At an LF, or at the first byte of a line. */
  private void step(ByteBuffer bytes, int at) {
    byte b = bytes.get(at);
    if (!lineStarts) {
      inHead = !lineIsEmpty;
      lineStarts = true;
      return;
    }
    lineStarts = false;
    lineIsEmpty = b == '\r';
    // A folded line (RFC 9112, section 5.2): the parser would unfold it, we want it refused.
    if (b == ' ' || b == '\t') bytes.put(at, UNREADABLE);
    if (b == '\n') inHead = false;
  }

  /**
   * Told to allow unusual characters in a target, the parser allows the end of the line too: one
   * that comes before the version is made a space, behind which no version follows.
   */
  private void requestLine(ByteBuffer bytes, int at) {
    byte b = bytes.get(at);
    if (b == ' ') {
      spaces++;
    } else if (b == '\n') {
      inRequestLine = false;
      if (spaces < 2) bytes.put(at, (byte) ' ');
    } else if (spaces == 1) {
      if (targetLength == target.length) target = Arrays.copyOf(target, targetLength * 2);
      target[targetLength++] = b;
    }
  }
}
