package jlocal.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jlocal.problem.Problem;
import jlocal.problem.Reading;

/** Bytes to text, refusing what is not UTF-8 instead of guessing. */
public final class Utf8 {
  private Utf8() {}

  /**
   * The text without its byte order mark, with LF for CRLF, and for CR in a file that has no LF. A
   * CR that is left ends a line too, but may be part of a value: Heroku writes it raw into quotes.
   *
   * @param shownAs the file as the user named it
   * @return an empty text and one error when the bytes are no text; what follows a byte that cannot
   *     be read is not worth a second message
   */
  public static Reading<String> decode(byte[] bytes, String shownAs) {
    if (isUtf16(bytes)) return refused(TextProblems.utf16(shownAs));
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(bytes.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    String text = lines(out.flip().toString());
    if (result.isError()) {
      return refused(TextProblems.notUtf8(shownAs, Position.after(text), bytes[in.position()]));
    }
    int nul = text.indexOf('\0');
    if (nul >= 0) return refused(TextProblems.nul(shownAs, Position.after(text.substring(0, nul))));
    return new Reading<>(text, List.of());
  }

  private static Reading<String> refused(Problem problem) {
    return new Reading<>("", List.of(problem));
  }

  private static String lines(String text) {
    String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return unmarked.indexOf('\n') < 0
        ? unmarked.replace('\r', '\n')
        : unmarked.replace("\r\n", "\n");
  }

  /** By its mark, or by the zero beside each of its first two (ASCII) characters. */
  private static boolean isUtf16(byte[] bytes) {
    if (bytes.length < 2) return false;
    int mark = (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
    if (mark == 0xFEFF || mark == 0xFFFE) return true;
    if (bytes.length < 4) return false;
    boolean bigEndian = bytes[0] == 0 && bytes[2] == 0 && bytes[1] != 0 && bytes[3] != 0;
    boolean littleEndian = bytes[1] == 0 && bytes[3] == 0 && bytes[0] != 0 && bytes[2] != 0;
    return bigEndian || littleEndian;
  }

  /**
   * A position in a text as an editor shows it.
   *
   * @param line from 1
   * @param column from 1, in characters (code points)
   */
  record Position(int line, int column) {
    /** The position just behind a text whose lines end in LF or CR. */
    static Position after(String text) {
      int lines = (int) text.chars().filter(c -> c == '\n' || c == '\r').count();
      int lineStart = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
      return new Position(lines + 1, text.codePointCount(lineStart, text.length()) + 1);
    }
  }
}
