package jlocal.router;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the head of an HTTP/1 message until it is complete. */
final class HeadBuffer {
  private static final byte[] NONE = {};

  private byte[] partial = NONE;

  /** How many bytes of an incomplete head it holds. */
  int length() {
    return partial.length;
  }

  /**
   * Takes a head from a buffer, up to its empty line; what follows stays. Lines may end in LF
   * alone.
   *
   * @return null if the head is not complete; then all bytes were taken
   */
  byte @Nullable [] take(ByteBuffer from) {
    int before = partial.length;
    byte[] bytes = Arrays.copyOf(partial, before + from.remaining());
    from.get(from.position(), bytes, before, from.remaining());
    int end = end(bytes, before);
    if (end < 0) {
      partial = bytes;
      from.position(from.limit());
      return null;
    }
    partial = NONE;
    from.position(from.position() + end - before);
    return Arrays.copyOf(bytes, end);
  }

  private static int end(byte[] bytes, int from) {
    for (int i = Math.max(from - 3, 0); i < bytes.length; i++) {
      if (bytes[i] != '\n') continue;
      if (i + 1 < bytes.length && bytes[i + 1] == '\n') return i + 2;
      if (i + 2 < bytes.length && bytes[i + 1] == '\r' && bytes[i + 2] == '\n') return i + 3;
    }
    return -1;
  }

  /** Returns the lines of a head; those that end in CRLF keep the CR. */
  static String[] lines(byte[] head) {
    return new String(head, StandardCharsets.ISO_8859_1).split("\n", -1);
  }
}
