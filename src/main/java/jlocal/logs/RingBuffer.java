package jlocal.logs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The last bytes of a stream. Its memory grows with what is put in, up to a bound. */
final class RingBuffer {
  private int most;
  private byte[] bytes;
  private long written;

  /**
   * @param most how many bytes are kept; a power of two
   */
  RingBuffer(int most) {
    this.most = most;
    bytes = new byte[Math.min(most, 1024)];
  }

  /** How many bytes were ever put in. */
  long written() {
    return written;
  }

  /** The position in the stream of the first byte still kept. */
  long oldest() {
    return Math.max(0, written - bytes.length);
  }

  void append(ByteBuffer in, int from, int end) {
    grow(written + end - from);
    int kept = Math.max(from, end - bytes.length);
    written += kept - from;
    int at = kept;
    while (at < end) {
      int index = index(written);
      int count = Math.min(end - at, bytes.length - index);
      in.get(at, bytes, index, count);
      at += count;
      written += count;
    }
  }

  /** The bytes between two positions of the stream, neither of them before {@link #oldest}. */
  ByteBuffer copy(long from, long end) {
    int length = (int) (end - from);
    int first = Math.min(length, bytes.length - index(from));
    return ByteBuffer.allocate(length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(bytes, index(from), first)
        .put(bytes, 0, length - first)
        .flip();
  }

  /** From now on keeps no more bytes than this, a power of two. */
  void shrink(int bytes) {
    most = bytes;
    if (this.bytes.length <= most) return;
    var kept = copy(Math.max(0, written - most), written);
    this.bytes = new byte[most];
    written -= kept.remaining();
    append(kept, 0, kept.limit());
  }

  private int index(long position) {
    return (int) (position & (bytes.length - 1));
  }

  private void grow(long wanted) {
    // Nothing was overwritten as long as there was room to grow, so position and index agree.
    int size = bytes.length;
    while (size < wanted && size < most) size *= 2;
    if (size != bytes.length) bytes = Arrays.copyOf(bytes, size);
  }
}
