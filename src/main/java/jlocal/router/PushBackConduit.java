package jlocal.router;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.IntConsumer;
import org.xnio.Buffers;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.StreamSourceConduit;

/** Yields bytes that were read earlier, then those of the source, and reports each read. */
final class PushBackConduit extends AbstractStreamSourceConduit<StreamSourceConduit> {
  private final ByteBuffer before;
  private final IntConsumer came;

  private PushBackConduit(StreamSourceConduit next, ByteBuffer before, IntConsumer came) {
    super(next);
    this.before = before;
    this.came = came;
  }

  /**
   * Installs itself.
   *
   * @param came receives the number of bytes of each read
   */
  static void install(ConduitStreamSourceChannel source, ByteBuffer before, IntConsumer came) {
    source.setConduit(new PushBackConduit(source.getConduit(), before, came));
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int count = before.hasRemaining() ? Buffers.copy(into, before) : next.read(into);
    if (count > 0) came.accept(count);
    return count;
  }
}
