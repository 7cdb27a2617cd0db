package jlocal.router;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes a chunked body (RFC 9112, section 7.1) strictly: what two parsers could read in two ways
 * is an error. Extensions are dropped.
 */
final class ChunkDecoder {
  private static final int MAX_DIGITS = 15;
  private static final int MAX_EXTENSION = 4096;
  private static final int MAX_TRAILERS = 8192;

  private enum Part {
    SIZE,
    EXTENSION,
    SIZE_LF,
    DATA,
    DATA_CR,
    DATA_LF,
    TRAILER,
    TRAILER_LF,
    END
  }

  private Part part = Part.SIZE;
  private long left;
  private int digits;
  private int line;
  private int trailerBytes;
  private int rest;
  private int restAt;
  private final StringBuilder trailer = new StringBuilder();
  private final List<String> trailers = new ArrayList<>();

  /**
   * Decodes in place: what is between position and limit becomes the content alone, moved to the
   * front. At the end of the body, bytes that follow it stay between the new limit and {@link
   * #rest}.
   */
  void decode(ByteBuffer buffer) throws IOException {
    int write = buffer.position();
    int limit = buffer.limit();
    int start = write;
    while (buffer.hasRemaining() && part != Part.END) {
      if (part == Part.DATA) write = data(buffer, write);
      else step(buffer.get());
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
    if (left == 0) part = Part.DATA_CR;
    return write + count;
  }

  private void step(byte b) throws IOException {
    switch (part) {
      case SIZE -> size(b);
      case EXTENSION -> extension(b);
      case SIZE_LF -> sizeEnds(b);
      case DATA_CR -> expect(b, '\r', Part.DATA_LF);
      case DATA_LF -> expect(b, '\n', Part.SIZE);
      case TRAILER -> trailer(b);
      case TRAILER_LF -> trailerEnds(b);
      case DATA, END -> throw new IllegalStateException();
    }
  }

  private void size(byte b) throws IOException {
    int digit = b < 0 ? -1 : Character.digit(b, 16);
    if (digit >= 0) {
      if (++digits > MAX_DIGITS) throw new IOException("chunk size too large");
      left = left * 16 + digit;
      return;
    }
    if (digits == 0) throw new IOException("chunk without a size");
    if (b == '\r') part = Part.SIZE_LF;
    else if (b == ';' || b == ' ' || b == '\t') part = Part.EXTENSION;
    else throw new IOException("not a chunk size");
  }

  private void extension(byte b) throws IOException {
    if (b == '\r') part = Part.SIZE_LF;
    else if (b == '\n' || b == 0) throw new IOException("bare LF in a chunk extension");
    else if (++line > MAX_EXTENSION) throw new IOException("chunk extension too long");
  }

  private void sizeEnds(byte b) throws IOException {
    expect(b, '\n', left == 0 ? Part.TRAILER : Part.DATA);
    digits = 0;
    line = 0;
  }

  private void trailer(byte b) throws IOException {
    if (b == '\r') {
      part = Part.TRAILER_LF;
      return;
    }
    if (b == '\n' || b == 0) throw new IOException("bare LF in a trailer");
    if (++trailerBytes > MAX_TRAILERS) throw new IOException("trailers too long");
    trailer.append((char) (b & 0xff));
  }

  private void trailerEnds(byte b) throws IOException {
    boolean last = trailer.isEmpty();
    expect(b, '\n', last ? Part.END : Part.TRAILER);
    if (last) return;
    if (trailer.indexOf(":") < 1 || trailer.charAt(0) <= ' ') throw new IOException("bad trailer");
    trailers.add(trailer.toString());
    trailer.setLength(0);
  }

  private void expect(byte b, char wanted, Part next) throws IOException {
    if (b != wanted) throw new IOException("bad end of line in a chunked body");
    part = next;
  }
}
