package jlocal.router;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decodes a chunked body (RFC 9112, section 7.1) strictly, rejecting anything that parsers could
 * read differently. Extensions are dropped.
 */
final class ChunkDecoder {
  /** The limit for a line, and for all trailers together, in bytes. */
  private static final int MAX_LENGTH = 8192;

  private static final Pattern SIZE =
      Pattern.compile("([0-9A-Fa-f]{1,15})(?:[; \\t].*)?", Pattern.DOTALL);

  /** Thrown when the body is not chunked as RFC 9112 says. */
  static final class Malformed extends IOException {
    private static final long serialVersionUID = 1;

    Malformed(String why) {
      super(why);
    }
  }

  private enum Part {
    /** The line with the size of a chunk. */
    SIZE,
    DATA,
    /** The empty line after the content of a chunk. */
    DATA_END,
    TRAILER,
    END
  }

  private Part part = Part.SIZE;

  /** Outstanding bytes of the chunk. */
  private long left;

  private int trailerBytes;
  private int rest;
  private int restAt;

  /** The beginning of an incomplete line. */
  private final StringBuilder line = new StringBuilder();

  private final List<String> trailers = new ArrayList<>();

  /**
   * Decodes in place: moves the content to the front of the buffer, and sets its limit. At the end
   * of the body, the bytes that follow it stay between the new limit and {@link #rest}.
   */
  void decode(ByteBuffer buffer) throws Malformed {
    int start = buffer.position();
    int write = start;
    int limit = buffer.limit();
    while (buffer.hasRemaining() && part != Part.END) {
      if (part == Part.DATA) write = data(buffer, write);
      else next((char) (buffer.get() & 0xff));
    }
    rest = part == Part.END ? limit - buffer.position() : 0;
    restAt = buffer.position();
    buffer.limit(write).position(start);
  }

  /** How many bytes followed the body in the last buffer; they begin at {@link #restAt}. */
  int rest() {
    return rest;
  }

  int restAt() {
    return restAt;
  }

  boolean ended() {
    return part == Part.END;
  }

  /** The trailer fields as {@code name: value}, in order. */
  List<String> trailers() {
    return trailers;
  }

  private int data(ByteBuffer buffer, int write) {
    int count = (int) Math.min(left, buffer.remaining());
    int from = buffer.position();
    if (from != write) buffer.put(write, buffer, from, count);
    buffer.position(from + count);
    left -= count;
    if (left == 0) part = Part.DATA_END;
    return write + count;
  }

  /** Adds a character to a line, which ends in CRLF and contains neither of these elsewhere. */
  private void next(char c) throws Malformed {
    int last = line.length() - 1;
    boolean afterCr = last >= 0 && line.charAt(last) == '\r';
    if (c == 0 || afterCr != (c == '\n')) throw new Malformed("bad end of line in chunks");
    if (c != '\n') line.append(c);
    if (line.length() > (part == Part.DATA_END ? 1 : MAX_LENGTH)) throw new Malformed("too long");
    if (c != '\n') return;
    String text = line.substring(0, last);
    line.setLength(0);
    switch (part) {
      case SIZE -> size(text);
      case DATA_END -> part = Part.SIZE;
      case TRAILER -> trailer(text);
      case DATA, END -> throw new IllegalStateException();
    }
  }

  private void size(String text) throws Malformed {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) throw new Malformed("not a chunk size");
    left = Long.parseLong(size.group(1), 16);
    part = left == 0 ? Part.TRAILER : Part.DATA;
  }

  private void trailer(String text) throws Malformed {
    trailerBytes += text.length();
    if (trailerBytes > MAX_LENGTH) throw new Malformed("trailers too long");
    if (text.isEmpty()) {
      part = Part.END;
      return;
    }
    if (text.indexOf(':') < 1 || text.charAt(0) <= ' ') throw new Malformed("bad trailer");
    trailers.add(text);
  }
}
