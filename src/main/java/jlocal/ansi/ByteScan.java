package jlocal.ansi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * Finds significant bytes in log text, eight at a time. Words are read little-endian, and a mark is
 * bit 7 of a byte, so the first marked byte is the lowest.
 */
public final class ByteScan {
  private static final long EACH_BYTE = 0x0101010101010101L;
  private static final long LOW_BITS = 0x7f * EACH_BYTE;
  private static final long HIGH_BITS = ~LOW_BITS;
  private static final long TO_SPACE = 0x60 * EACH_BYTE;
  private static final int BLOCK = 64;

  /** The first byte of a two-byte UTF-8 sequence that may be a C1 control (U+0080 to U+009F). */
  public static final byte C1_LEAD = (byte) 0xc2;

  private ByteScan() {}

  /** Allocates a buffer for log text. */
  public static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Marks C0 controls, DEL, and bytes that may begin a C1 control in UTF-8. */
  public static long special(long word) {
    long low = word & LOW_BITS;
    long control = (~(low + TO_SPACE) | (low + EACH_BYTE)) & ~word & HIGH_BITS;
    long high = word & HIGH_BITS;
    return high == 0 ? control : control | equal(word, C1_LEAD);
  }

  /** Marks the bytes that equal a value. */
  public static long equal(long word, byte value) {
    long difference = word ^ ((value & 0xff) * EACH_BYTE);
    return ~(((difference & LOW_BITS) + LOW_BITS) | difference) & HIGH_BITS;
  }

  /** Returns how many bytes precede the first mark; 8 if there is none. */
  public static int before(long marks) {
    return Long.numberOfTrailingZeros(marks) >>> 3;
  }

  /** Whether {@link #special} marks the byte. */
  public static boolean isSpecial(byte b) {
    return (b >= 0 && b < ' ') || b == 0x7f || b == C1_LEAD;
  }

  /** Returns the index of the first special byte other than TAB, or {@code end}. */
  public static int firstSpecial(ByteBuffer in, int from, int end) {
    int at = from;
    for (; at + 8 <= end; at += 8) {
      long word = in.getLong(at);
      long marks = special(word);
      if (marks != 0) marks &= ~equal(word, (byte) '\t');
      if (marks != 0) return at + before(marks);
    }
    while (at < end && (in.get(at) == '\t' || !isSpecial(in.get(at)))) at++;
    return at;
  }

  /** Returns the index after the first LF, or {@code end} if there is none. */
  public static int afterLine(ByteBuffer in, int from, int end) {
    int at = from;
    for (; at + 8 <= end; at += 8) {
      long marks = equal(in.getLong(at), (byte) '\n');
      if (marks != 0) return at + before(marks) + 1;
    }
    while (at < end) if (in.get(at++) == '\n') return at;
    return end;
  }

  /** Returns the index of the first ESC, or {@code end}. */
  public static int firstEscape(ByteBuffer in, int from, int end) {
    int at = from + escapeFree(words(in, from, end));
    for (; at + 8 <= end; at += 8) {
      long marks = equal(in.getLong(at), (byte) 0x1b);
      if (marks != 0) return at + before(marks);
    }
    while (at < end && in.get(at) != 0x1b) at++;
    return at;
  }

  /** Returns how many bytes at the beginning contain no ESC, in blocks of 512. */
  private static int escapeFree(LongBuffer words) {
    int at = 0;
    for (; at + BLOCK <= words.limit(); at += BLOCK) {
      long marks = 0;
      for (int i = at; i < at + BLOCK; i++) marks |= equal(words.get(i), (byte) 0x1b);
      if (marks != 0) break;
    }
    return 8 * at;
  }

  /** Returns a view as words; the JVM vectorizes a plain loop over it. */
  private static LongBuffer words(ByteBuffer in, int from, int end) {
    return in.slice(from, end - from).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
  }

  /** Counts the LFs. */
  public static int lines(ByteBuffer in, int from, int end) {
    int lines = 0;
    LongBuffer words = words(in, from, end);
    for (int i = 0; i < words.limit(); i++) {
      lines += Long.bitCount(equal(words.get(i), (byte) '\n'));
    }
    for (int at = from + 8 * words.limit(); at < end; at++) if (in.get(at) == '\n') lines++;
    return lines;
  }

  /** Returns the index after the last LF, or {@code from} if there is none. */
  public static int afterLastLine(ByteBuffer in, int from, int end) {
    int at = end;
    for (; at - 8 >= from; at -= 8) {
      long marks = equal(in.getLong(at - 8), (byte) '\n');
      if (marks != 0) return at - (Long.numberOfLeadingZeros(marks) >>> 3);
    }
    while (at > from && in.get(at - 1) != '\n') at--;
    return at;
  }

  /** Returns {@code end}, or the index of an incomplete UTF-8 sequence at the end. */
  public static int wholeCharacters(ByteBuffer in, int from, int end) {
    for (int at = end - 1; at >= from && at >= end - 3; at--) {
      byte b = in.get(at);
      if (b >= 0) return end;
      if ((b & 0xc0) == 0xc0) return at + sequenceLength(b) > end ? at : end;
    }
    return end;
  }

  private static int sequenceLength(byte lead) {
    if ((lead & 0xe0) == 0xc0) return 2;
    if ((lead & 0xf0) == 0xe0) return 3;
    return (lead & 0xf8) == 0xf0 ? 4 : 1;
  }

  /**
   * Returns the length of the UTF-8 character at an index, 1 to 4; 0 if it is invalid (table 3-7 of
   * Unicode).
   */
  public static int characterLength(ByteBuffer in, int at, int end) {
    int lead = in.get(at) & 0xff;
    if (lead < 0x80) return 1;
    int length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (length == 0 || at + length > end) return 0;
    int second = in.get(at + 1) & 0xff;
    if (second < lowest(lead) || second > highest(lead)) return 0;
    for (int i = 2; i < length; i++) if ((in.get(at + i) & 0xc0) != 0x80) return 0;
    return length;
  }

  /** Excludes overlong forms. */
  private static int lowest(int lead) {
    return lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  }

  /** Excludes surrogates and code points above U+10FFFF. */
  private static int highest(int lead) {
    return lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  }
}
