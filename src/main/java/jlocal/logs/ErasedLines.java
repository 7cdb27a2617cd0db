package jlocal.logs;

import java.nio.ByteBuffer;
import jlocal.ansi.ByteScan;

/**
 * Finds lines that are written only to be erased. A program that clears the screen may first push
 * its text into the scroll-back by newlines, as Vite does; a spinner or a list of tasks moves the
 * cursor up and writes its lines again. Follows ECMA-48 and xterm. Pure.
 */
final class ErasedLines {
  /** The sequence has not ended, so the next bytes decide. */
  static final int UNDECIDED = -1;

  /** The whole screen is erased. */
  static final int ALL = Integer.MAX_VALUE;

  /** Sequences that are longer, all together, are not looked at. */
  private static final int LONGEST = 256;

  static final byte ESC = 0x1b;

  private ErasedLines() {}

  /**
   * Where the empty lines begin that end before an index; that index when there are none.
   *
   * @param from where a line begins, or goes on
   * @param goesOn whether a line goes on there, so that the first line end is not an empty line
   */
  static int begin(ByteBuffer in, int from, int end, boolean goesOn) {
    if (end == from || in.get(end - 1) != '\n') return end;
    int at = end;
    while (at > from && isLineEnd(in.get(at - 1))) at--;
    return at > from || goesOn ? ByteScan.afterLine(in, at, end) : at;
  }

  private static boolean isLineEnd(byte b) {
    return b == '\n' || b == '\r';
  }

  /** The beginning of the last {@code count} of these lines, or of all when they are fewer. */
  static int last(int count, ByteBuffer in, int from, int end) {
    int skip = ByteScan.lines(in, from, end) - count;
    int at = from;
    for (int i = 0; i < skip; i++) at = ByteScan.afterLine(in, at, end);
    return at;
  }

  /**
   * How many lines above the cursor are erased by control sequences that begin here; {@link
   * #UNDECIDED} when they go on behind {@code end}.
   */
  static int count(ByteBuffer in, int from, int end) {
    int above = 0;
    int erased = 0;
    int at = from;
    while (at < end && in.get(at) == ESC) {
      if (at - from > LONGEST) return 0;
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

  /** The index of the sequence's last byte, or {@code end}. */
  private static int last(ByteBuffer in, int from, int end) {
    boolean control = from < end && in.get(from) == '[';
    int at = control ? from + 1 : from;
    byte first = (byte) (control ? '@' : '0');
    while (at < end && in.get(at) < first && in.get(at) >= ' ') at++;
    return at;
  }

  /** How far above its old place the cursor is after a command. */
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

  /** The number that begins here, at most 9,999; or {@code missing}. */
  private static int number(ByteBuffer in, int from, int end, int missing) {
    int number = 0;
    int at = from;
    for (; at < end && in.get(at) >= '0' && in.get(at) <= '9'; at++) {
      number = Math.min(number * 10 + in.get(at) - '0', 9_999);
    }
    return at == from ? missing : number;
  }
}
