package jlocal.logs;

import java.nio.ByteBuffer;
import jlocal.ansi.ByteScan;

/**
 * Detects lines that a program writes only to erase them. Vite, for example, clears the screen by
 * pushing its text into the scroll-back with newlines; spinners and task lists move the cursor up
 * and write their lines again. Follows ECMA-48 and xterm. Pure.
 */
final class ErasedLines {
  /** The input ends inside the control sequences, so the next bytes decide. */
  static final int UNDECIDED = -1;

  /** The whole screen is erased. */
  static final int ALL = Integer.MAX_VALUE;

  /** Longer runs of control sequences are not examined. */
  private static final int MAX_LENGTH = 256;

  static final byte ESC = 0x1b;

  private ErasedLines() {}

  /**
   * Returns where the empty lines begin that end at {@code end}, or {@code end} if there are none.
   *
   * @param from a place at or before them
   * @param continues whether an unfinished line continues at {@code from}, so that the first line
   *     end is not an empty line
   */
  static int begin(ByteBuffer in, int from, int end, boolean continues) {
    if (end == from || in.get(end - 1) != '\n') return end;
    int at = end;
    while (at > from && isLineEnd(in.get(at - 1))) at--;
    return at > from || continues ? ByteScan.afterLine(in, at, end) : at;
  }

  private static boolean isLineEnd(byte b) {
    return b == '\n' || b == '\r';
  }

  /** Returns where the last {@code count} lines begin, or the first line if there are fewer. */
  static int last(int count, ByteBuffer in, int from, int end) {
    int skip = ByteScan.lines(in, from, end) - count;
    int at = from;
    for (int i = 0; i < skip; i++) at = ByteScan.afterLine(in, at, end);
    return at;
  }

  /**
   * Returns how many lines above the cursor the control sequences at {@code from} erase, or {@link
   * #UNDECIDED} if the sequences reach {@code end}.
   */
  static int count(ByteBuffer in, int from, int end) {
    int above = 0;
    int erased = 0;
    int at = from;
    while (at < end && in.get(at) == ESC) {
      if (at - from > MAX_LENGTH) return 0;
      int last = last(in, at + 1, end);
      if (last == end) return UNDECIDED;
      byte command = in.get(last);
      if (in.get(at + 1) != '[') {
        if (command == 'c') return ALL;
      } else if (command == 'J') {
        int part = number(in, at + 2, last, 0);
        if (part == 2 || part == 3) return ALL;
        if (above > 0) return above;
      } else if (command == 'K') {
        erased = above == ALL ? 0 : above;
      } else {
        above = above(above, command, in, at + 2, last);
      }
      at = last + 1;
    }
    return at == end ? UNDECIDED : erased;
  }

  /** Returns the index of the sequence's last byte, or {@code end}. */
  private static int last(ByteBuffer in, int from, int end) {
    boolean control = from < end && in.get(from) == '[';
    int at = control ? from + 1 : from;
    byte first = (byte) (control ? '@' : '0');
    while (at < end && in.get(at) < first && in.get(at) >= ' ') at++;
    return at;
  }

  /** Returns how many lines above its start the cursor is after a command. */
  private static int above(int above, byte command, ByteBuffer in, int from, int end) {
    return switch (command) {
      case 'H', 'f' -> number(in, from, end, 1) <= 1 && column(in, from, end) <= 1 ? ALL : 0;
      case 'A', 'F' -> above == ALL ? ALL : above + number(in, from, end, 1);
      case 'B', 'E' -> above == ALL ? ALL : Math.max(0, above - number(in, from, end, 1));
      default -> above;
    };
  }

  private static int column(ByteBuffer in, int from, int end) {
    int at = from;
    while (at < end && in.get(at) != ';') at++;
    return at == end ? 1 : number(in, at + 1, end, 1);
  }

  /** Parses the number at {@code from}, at most 9,999; returns {@code missing} if there is none. */
  private static int number(ByteBuffer in, int from, int end, int missing) {
    int number = 0;
    int at = from;
    for (; at < end && in.get(at) >= '0' && in.get(at) <= '9'; at++) {
      number = Math.min(number * 10 + in.get(at) - '0', 9_999);
    }
    return at == from ? missing : number;
  }
}
