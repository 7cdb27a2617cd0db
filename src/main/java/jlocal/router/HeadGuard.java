package jlocal.router;

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
  private boolean lineStarts;
  private boolean lineIsEmpty;
  private boolean inRequestLine;
  private int spaces;
  private byte[] target = new byte[128];
  private int targetLength;
  private int length;

  private HeadGuard(StreamSourceConduit next, boolean fromItsFirstByte, Runnable sawTls) {
    super(next);
    this.sawTls = sawTls;
    begin(fromItsFirstByte);
  }

  /** Puts itself before a new connection. */
  static void before(StreamConnection client, boolean fromItsFirstByte, Runnable sawTls) {
    var source = client.getSourceChannel();
    source.setConduit(new HeadGuard(source.getConduit(), fromItsFirstByte, sawTls));
  }

  /** The guard of a request over HTTP/1; it looks at the next one when this one is over. */
  static @Nullable HeadGuard of(HttpServerExchange exchange) {
    if (!(exchange.getConnection() instanceof HttpServerConnection connection)) return null;
    if (!(connection.getOriginalSourceConduit() instanceof HeadGuard guard)) return null;
    exchange.addExchangeCompleteListener(guard);
    return guard;
  }

  /** How many bytes the head had. */
  int length() {
    return length;
  }

  /** The request's target, byte for byte; null when the guard did not see its beginning. */
  @Nullable String target() {
    if (targetLength == 0) return null;
    return new String(target, 0, targetLength, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void exchangeEvent(HttpServerExchange exchange, NextListener nextListener) {
    // Bytes of the next request may have been read already: then its head is seen in part only.
    begin(((HttpServerConnection) exchange.getConnection()).getExtraBytes() == null);
    nextListener.proceed();
  }

  private void begin(boolean fromItsFirstByte) {
    inHead = true;
    first = fromItsFirstByte;
    lineStarts = false;
    lineIsEmpty = false;
    inRequestLine = fromItsFirstByte;
    spaces = 0;
    targetLength = 0;
    length = 0;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int start = into.position();
    int count = next.read(into);
    if (!inHead || count <= 0) return count;
    if (first) skipEmptyLine(into, start);
    look(into, start);
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
    if (end - start < 2 || bytes.get(start) != '\r' || bytes.get(start + 1) != '\n') return;
    bytes.put(start, bytes, start + 2, end - start - 2).position(end - 2);
  }

  private void look(ByteBuffer bytes, int start) {
    int end = bytes.position();
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
