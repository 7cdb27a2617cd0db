package jlocal.ansi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * Finds the bytes that matter in log text, eight at a time. Words come from little-endian buffers;
 * a mark is bit 7 of a byte, so the first marked byte is the lowest.
 */
public final class ByteScan {
  private static final long EACH = 0x0101010101010101L;
  private static final long LOW7 = 0x7f * EACH;
  private static final long TOP = ~LOW7;
  private static final long TO_SPACE = 0x60 * EACH;
  private static final int BLOCK = 64;

  /** First byte of a two-byte UTF-8 sequence that may be a C1 control (U+0080 to U+009F). */
  public static final byte C1_LEAD = (byte) 0xc2;

  private ByteScan() {}

  /** A buffer for log text. */
  public static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Marks the control characters C0 and DEL, and what may begin a C1 control in UTF-8. */
  public static long special(long word) {
    long low = word & LOW7;
    long control = (~(low + TO_SPACE) | (low + EACH)) & ~word & TOP;
    long high = word & TOP;
    return high == 0 ? control : control | equal(word, C1_LEAD);
  }

  /** Marks the bytes equal to one value. */
  public static long equal(long word, byte value) {
    long difference = word ^ ((value & 0xff) * EACH);
    return ~(((difference & LOW7) + LOW7) | difference) & TOP;
  }

  /** How many bytes stand before the first mark; 8 when there is none. */
  public static int before(long marks) {
    return Long.numberOfTrailingZeros(marks) >>> 3;
  }

  /** Whether a byte is marked by {@link #special}. */
  public static boolean isSpecial(byte b) {
    return (b >= 0 && b < ' ') || b == 0x7f || b == C1_LEAD;
  }

  /** The index of the first special byte that is no TAB, or {@code end}. */
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

  /** The index after the first LF, or {@code end} when there is none. */
  public static int afterLine(ByteBuffer in, int from, int end) {
    int at = from;
    for (; at + 8 <= end; at += 8) {
      long marks = equal(in.getLong(at), (byte) '\n');
      if (marks != 0) return at + before(marks) + 1;
    }
    while (at < end) if (in.get(at++) == '\n') return at;
    return end;
  }

  /** The index of the first ESC, or {@code end}. */
  public static int firstEscape(ByteBuffer in, int from, int end) {
    int at = from + escapeFree(words(in, from, end));
    for (; at + 8 <= end; at += 8) {
      long marks = equal(in.getLong(at), (byte) 0x1b);
      if (marks != 0) return at + before(marks);
    }
    while (at < end && in.get(at) != 0x1b) at++;
    return at;
  }

  /** How many bytes at the beginning, in blocks of 512, are known to hold no ESC. */
  private static int escapeFree(LongBuffer words) {
    int at = 0;
    for (; at + BLOCK <= words.limit(); at += BLOCK) {
      long marks = 0;
      for (int i = at; i < at + BLOCK; i++) marks |= equal(words.get(i), (byte) 0x1b);
      if (marks != 0) break;
    }
    return 8 * at;
  }

  /** A view of words: the JVM makes vector instructions of a plain loop over it. */
  private static LongBuffer words(ByteBuffer in, int from, int end) {
    return in.slice(from, end - from).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
  }

  /** How many LFs there are. */
  public static int lines(ByteBuffer in, int from, int end) {
    int lines = 0;
    LongBuffer words = words(in, from, end);
    for (int i = 0; i < words.limit(); i++) {
      lines += Long.bitCount(equal(words.get(i), (byte) '\n'));
    }
    for (int at = from + 8 * words.limit(); at < end; at++) if (in.get(at) == '\n') lines++;
    return lines;
  }

  /** The index after the last LF, or {@code from} when there is none. */
  public static int afterLastLine(ByteBuffer in, int from, int end) {
    int at = end;
    for (; at - 8 >= from; at -= 8) {
      long marks = equal(in.getLong(at - 8), (byte) '\n');
      if (marks != 0) return at - (Long.numberOfLeadingZeros(marks) >>> 3);
    }
    while (at > from && in.get(at - 1) != '\n') at--;
    return at;
  }

  /** {@code end}, or less when the last bytes are the beginning of a UTF-8 sequence. */
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
   * How many bytes the character at this place has, 1 to 4; 0 when they are not UTF-8 (Unicode's
   * table 3-7).
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

  /** No overlong forms. */
  private static int lowest(int lead) {
    return lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  }

  /** No surrogates, nothing above U+10FFFF. */
  private static int highest(int lead) {
    return lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  }
}
