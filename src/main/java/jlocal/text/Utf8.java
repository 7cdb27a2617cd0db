package jlocal.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jlocal.problem.Problem;
import jlocal.problem.Reading;

/** Decodes UTF-8, and rejects everything else instead of guessing. */
public final class Utf8 {
  private Utf8() {}

  /**
   * Decodes text without its byte order mark. Replaces CRLF by LF, and CR by LF if the file has no
   * LF. A remaining CR ends a line, too, but may be part of a value, since Heroku writes it raw
   * into quotes.
   *
   * @param shownAs the file as the user named it
   * @return an empty text and one error if the bytes are not text
   */
  public static Reading<String> decode(byte[] bytes, String shownAs) {
    if (isUtf16(bytes)) return refused(TextProblems.utf16(shownAs));
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(bytes.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    String text = normalizeLineEnds(out.flip().toString());
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

  private static String normalizeLineEnds(String text) {
    String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return unmarked.indexOf('\n') < 0
        ? unmarked.replace('\r', '\n')
        : unmarked.replace("\r\n", "\n");
  }

  /**
   * Whether there is a byte order mark of UTF-16, or a zero beside each of the first two (ASCII)
   * characters.
   */
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
   * A position as editors show it.
   *
   * @param line from 1
   * @param column from 1, in code points
   */
  record Position(int line, int column) {
    /** Returns the position after a text whose lines end in LF or CR. */
    static Position after(String text) {
      int normalizeLineEnds = (int) text.chars().filter(c -> c == '\n' || c == '\r').count();
      int lineStart = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
      return new Position(normalizeLineEnds + 1, text.codePointCount(lineStart, text.length()) + 1);
    }
  }
}
