package jlocal.logs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Keeps the last bytes of a stream. Grows as bytes are appended, up to a limit. */
final class RingBuffer {
  private int limit;
  private byte[] bytes;
  private long written;

  /**
   * @param limit how many bytes are kept at limit; a power of two
   */
  RingBuffer(int limit) {
    this.limit = limit;
    bytes = new byte[Math.min(limit, 1024)];
  }

  /** The total number of bytes appended. */
  long written() {
    return written;
  }

  /** The position of the oldest byte that is kept. */
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

  /** Copies the bytes between two positions, neither before {@link #oldest}. */
  ByteBuffer copy(long from, long end) {
    int length = (int) (end - from);
    int first = Math.min(length, bytes.length - index(from));
    return ByteBuffer.allocate(length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(bytes, index(from), first)
        .put(bytes, 0, length - first)
        .flip();
  }

  /**
   * Lowers the limit.
   *
   * @param bytes a power of two
   */
  void shrink(int bytes) {
    limit = bytes;
    if (this.bytes.length <= limit) return;
    var kept = copy(Math.max(0, written - limit), written);
    this.bytes = new byte[limit];
    written -= kept.remaining();
    append(kept, 0, kept.limit());
  }

  private int index(long position) {
    return (int) (position & (bytes.length - 1));
  }

  private void grow(long wanted) {
    // The buffer has not wrapped yet, so positions and indexes agree.
    int size = bytes.length;
    while (size < wanted && size < limit) size *= 2;
    if (size != bytes.length) bytes = Arrays.copyOf(bytes, size);
  }
}
