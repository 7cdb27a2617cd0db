package jlocal.terminal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What stands before each line of one source, in a form that is copied in few steps. */
final class Prefix {
  /** A longer one would not leave space for the line. */
  static final int LONGEST = 1024;

  private final long[] words;
  private final int length;
  private final int columns;

  /**
   * @param columns how wide it is in the terminal
   */
  Prefix(byte[] text, int columns) {
    this.columns = columns;
    length = Math.min(text.length, LONGEST);
    words = new long[(length + 7) / 8];
    var padded = ByteBuffer.allocate(words.length * 8).put(text, 0, length).clear();
    padded.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(words);
  }

  int length() {
    return length;
  }

  int columns() {
    return columns;
  }

  /** As wide, without any text: what stands before the rest of a wrapped line. */
  Prefix blank() {
    return new Prefix(" ".repeat(columns).getBytes(StandardCharsets.US_ASCII), columns);
  }

  /** Writes itself and up to 7 bytes more; the index after itself. */
  int put(ByteBuffer out, int at) {
    for (int i = 0; i < words.length; i++) out.putLong(at + i * 8, words[i]);
    return at + length;
  }
}
