package jlocal.terminal;

import java.nio.ByteBuffer;

/** What is a character in UTF-8: Unicode's table 3-7. */
final class Utf8Sequence {
  private Utf8Sequence() {}

  /** How many bytes the character at this place has, 1 to 4; 0 when they are not UTF-8. */
  static int length(ByteBuffer in, int at, int end) {
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
