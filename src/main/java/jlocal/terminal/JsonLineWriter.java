package jlocal.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import jlocal.ansi.ByteScan;
import jlocal.logs.Source;

/** Writes the objects of one source, and keeps the line it has not ended yet. */
final class JsonLineWriter {
  /** An unfinished line longer than this is given in parts. */
  private static final int LONGEST = 64 * 1024;

  private static final byte[] PARTIAL = "\",\"partial\":true}\n".getBytes(US_ASCII);
  private static final byte[] END = "\"}\n".getBytes(US_ASCII);

  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
  private static final byte[] CONTROL = "u00".getBytes(US_ASCII);
  private static final byte[] NOT_UTF8 = "\\x".getBytes(US_ASCII);
  private static final long TOP = 0x8080808080808080L;

  private final OutputBuffer out;
  private final String source;
  private String time = "";
  private Prefix head = new Prefix(new byte[0], 0);
  private ByteBuffer begun = ByteBuffer.allocateDirect(0);

  JsonLineWriter(OutputBuffer out, Source source) {
    this.out = out;
    this.source =
        "\",\"source\":\"" + source + "\",\"stream\":\"" + stream(source) + "\",\"text\":\"";
  }

  private static String stream(Source source) {
    return source instanceof Source.App ? "app" : source.toString();
  }

  /** Sets the time of what follows. */
  @SuppressWarnings("ReferenceEquality") // the clock makes one string for each millisecond
  void at(String now) {
    if (now == time) return;
    time = now;
    String text = "{\"time\":\"" + now + source;
    head = new Prefix(text.getBytes(US_ASCII), text.length());
  }

  void lines(ByteBuffer in) {
    int at = in.position();
    int end = in.limit();
    while (at < end) {
      int next = ByteScan.afterLine(in, at, end);
      int textEnd = next - 1;
      while (textEnd > at && in.get(textEnd - 1) == '\r') textEnd--;
      object(in, at, textEnd, END);
      at = next;
    }
  }

  void partial(ByteBuffer in) {
    if (begun.position() + in.remaining() > LONGEST) {
      object(in, in.position(), in.limit(), PARTIAL);
    } else {
      reserve(in.remaining()).put(in);
    }
  }

  /** Nothing more came for a while: what is there is shown. */
  void stalled() {
    if (begun.position() > 0) object(begun, 0, 0, PARTIAL);
  }

  private void object(ByteBuffer in, int from, int end, byte[] tail) {
    out.put(head);
    text(begun, 0, begun.position());
    text(in, from, end);
    for (byte b : tail) out.put(b);
    begun.clear();
  }

  private ByteBuffer reserve(int bytes) {
    if (begun.remaining() >= bytes) return begun;
    int size = Math.min(LONGEST, Integer.highestOneBit(begun.position() + bytes) * 2);
    begun = ByteScan.buffer(size).put(begun.flip());
    return begun;
  }

  /** Puts text inside a JSON string: RFC 8259, section 7. Puts no byte that is not UTF-8. */
  private void text(ByteBuffer in, int from, int end) {
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
      int length = plainLength(in, at, end);
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
  private static int plainLength(ByteBuffer in, int at, int end) {
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
