package jlocal.router;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The buffers all bytes pass through. Undertow's own pool frees direct memory by a way the JDK
 * warns about on stderr; this one never frees: each thread keeps a few, the garbage collector has
 * the rest, and beyond a bound they come from the heap.
 */
final class Buffers implements ByteBufferPool {
  /** Large enough that a 10 MB body takes few system calls, small enough for 1,000 stalled ones. */
  static final int SIZE = 64 * 1024;

  private static final int KEPT = 32;

  private final boolean direct;
  private final int most;
  private final AtomicInteger made = new AtomicInteger();
  private final ThreadLocal<ArrayDeque<ByteBuffer>> kept = ThreadLocal.withInitial(ArrayDeque::new);
  private final @Nullable Buffers onHeap;

  /**
   * @param most how many may be direct at one time
   */
  Buffers(int most) {
    this(true, most, new Buffers(false, 0, null));
  }

  private Buffers(boolean direct, int most, @Nullable Buffers onHeap) {
    this.direct = direct;
    this.most = most;
    this.onHeap = onHeap;
  }

  @Override
  public PooledByteBuffer allocate() {
    ByteBuffer buffer = kept.get().pollLast();
    return new Lent(buffer == null ? make() : buffer.clear());
  }

  private ByteBuffer make() {
    if (direct && made.incrementAndGet() <= most) return ByteBuffer.allocateDirect(SIZE);
    if (direct) made.decrementAndGet();
    return ByteBuffer.allocate(SIZE);
  }

  private void giveBack(ByteBuffer buffer) {
    var mine = kept.get();
    if (mine.size() < KEPT) mine.addLast(buffer);
    else if (buffer.isDirect()) made.decrementAndGet();
  }

  @Override
  public ByteBufferPool getArrayBackedPool() {
    return onHeap == null ? this : onHeap;
  }

  @Override
  public void close() {}

  @Override
  public int getBufferSize() {
    return SIZE;
  }

  @Override
  public boolean isDirect() {
    return direct;
  }

  private final class Lent implements PooledByteBuffer {
    private @Nullable ByteBuffer buffer;

    Lent(ByteBuffer buffer) {
      this.buffer = buffer;
    }

    @Override
    public ByteBuffer getBuffer() {
      if (buffer == null) throw new IllegalStateException("given back");
      return buffer;
    }

    @Override
    public void close() {
      if (buffer == null) return;
      giveBack(buffer);
      buffer = null;
    }

    @Override
    public boolean isOpen() {
      return buffer != null;
    }
  }
}
