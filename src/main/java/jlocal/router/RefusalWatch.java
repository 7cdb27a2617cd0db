package jlocal.router;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.xnio.StreamConnection;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.StreamSinkConduit;

/**
 * Sees the answers that Undertow's parser gives by itself to a head it cannot read, past every
 * handler, so that they get their line in the log.
 */
final class RefusalWatch extends AbstractStreamSinkConduit<StreamSinkConduit> {
  private static final byte[] HTTP = "HTTP/1.1 400".getBytes(StandardCharsets.US_ASCII);

  private final HeadGuard guard;
  private final Runnable refused;

  private RefusalWatch(StreamSinkConduit next, HeadGuard guard, Runnable refused) {
    super(next);
    this.guard = guard;
    this.refused = refused;
  }

  /** Puts itself behind a new connection. */
  static void behind(StreamConnection client, HeadGuard guard, Runnable refused) {
    var sink = client.getSinkChannel();
    sink.setConduit(new RefusalWatch(sink.getConduit(), guard, refused));
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    if (!guard.isTaken() && isRefusal(bytes)) refused.run();
    return super.write(bytes);
  }

  private static boolean isRefusal(ByteBuffer bytes) {
    if (bytes.remaining() < HTTP.length) return false;
    for (int i = 0; i < HTTP.length; i++) {
      if (bytes.get(bytes.position() + i) != HTTP[i]) return false;
    }
    return true;
  }
}
