package jlocal.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import jlocal.ansi.ByteScan;

/** Puts text inside a JSON string: RFC 8259, section 7. Never puts a byte that is not UTF-8. */
final class JsonEscape {
  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
  private static final byte[] CONTROL = "u00".getBytes(US_ASCII);
  private static final byte[] NOT_UTF8 = "\\x".getBytes(US_ASCII);
  private static final long TOP = 0x8080808080808080L;

  private final OutputBuffer out;

  JsonEscape(OutputBuffer out) {
    this.out = out;
  }

  void put(ByteBuffer in, int from, int end) {
    int at = from;
    while (at < end) {
      int stop = asItIs(in, at, end);
      out.put(in, at, stop);
      if (stop < end) escape(in.get(stop));
      at = stop + 1;
    }
  }

  /** The index of the first byte that cannot stand as it is, or {@code end}. */
  private static int asItIs(ByteBuffer in, int from, int end) {
    int at = from;
    while (at < end) {
      if (at + 8 <= end && isPlain(in.getLong(at))) {
        at += 8;
        continue;
      }
      int length = length(in, at, end);
      if (length == 0) return at;
      at += length;
    }
    return end;
  }

  private static boolean isPlain(long word) {
    long marks =
        ByteScan.special(word)
            | ByteScan.equal(word, (byte) '"')
            | ByteScan.equal(word, (byte) '\\');
    return (marks | (word & TOP)) == 0;
  }

  /** How many bytes the character at this place has; 0 when it cannot stand as it is. */
  private static int length(ByteBuffer in, int at, int end) {
    byte b = in.get(at);
    if (b >= 0) return b < ' ' || b == '"' || b == '\\' ? 0 : 1;
    return Utf8Sequence.length(in, at, end);
  }

  private void escape(byte b) {
    out.put((byte) '\\');
    switch (b) {
      case '"', '\\' -> out.put(b);
      case '\t' -> out.put((byte) 't');
      case '\r' -> out.put((byte) 'r');
      default -> {
        for (byte c : b < 0 ? NOT_UTF8 : CONTROL) out.put(c);
        out.put(HEX[(b >> 4) & 0xf]);
        out.put(HEX[b & 0xf]);
      }
    }
  }
}
