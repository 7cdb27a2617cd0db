package jlocal.os;

import java.io.ByteArrayOutputStream;

/** Keeps the last bytes of a stream. */
final class RecentOutput {
  private final byte[] ring;
  private long written;

  RecentOutput(int size) {
    ring = new byte[size];
  }

  void add(byte[] bytes) {
    int from = Math.max(0, bytes.length - ring.length);
    for (int at = from; at < bytes.length; ) {
      int place = (int) ((written + at) % ring.length);
      int count = Math.min(bytes.length - at, ring.length - place);
      System.arraycopy(bytes, at, ring, place, count);
      at += count;
    }
    written += bytes.length;
  }

  byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    int place = (int) (written % ring.length);
    if (written > ring.length) bytes.write(ring, place, ring.length - place);
    bytes.write(ring, 0, place);
    return bytes.toByteArray();
  }
}
