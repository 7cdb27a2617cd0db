package jlocal.terminal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The text before each line of a source, as words that are copied in few steps. */
final class Prefix {
  /** The maximum length in bytes; longer prefixes leave no space for the line. */
  static final int MAX_BYTES = 1024;

  private final long[] words;
  private final int length;
  private final int columns;

  /**
   * @param columns its width in the terminal
   */
  Prefix(byte[] text, int columns) {
    this.columns = columns;
    length = Math.min(text.length, MAX_BYTES);
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

  /** Returns a prefix of blanks of the same width, for the rows of a wrapped line. */
  Prefix blank() {
    return new Prefix(" ".repeat(columns).getBytes(StandardCharsets.US_ASCII), columns);
  }

  /** Writes the prefix and up to 7 bytes more; returns the index after the prefix. */
  int put(ByteBuffer out, int at) {
    for (int i = 0; i < words.length; i++) out.putLong(at + i * 8, words[i]);
    return at + length;
  }
}
