package jlocal.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jlocal.ansi.ByteScan;
import jlocal.logs.Source;

/** Writes the objects of one source, and keeps the line it has not ended yet. */
final class JsonLineWriter {
  /** An unfinished line longer than this is given in parts. */
  private static final int LONGEST = 64 * 1024;

  private static final byte[] PARTIAL = "\",\"partial\":true}\n".getBytes(US_ASCII);
  private static final byte[] END = "\"}\n".getBytes(US_ASCII);

  private final OutputBuffer out;
  private final String source;
  private final JsonEscape json;
  private String time = "";
  private Prefix head = new Prefix(new byte[0], 0);
  private ByteBuffer begun = ByteBuffer.allocateDirect(0);

  JsonLineWriter(OutputBuffer out, Source source) {
    this.out = out;
    this.source =
        "\",\"source\":\"" + source + "\",\"stream\":\"" + stream(source) + "\",\"text\":\"";
    json = new JsonEscape(out);
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
    json.put(begun, 0, begun.position());
    json.put(in, from, end);
    for (byte b : tail) out.put(b);
    begun.clear();
  }

  private ByteBuffer reserve(int bytes) {
    if (begun.remaining() >= bytes) return begun;
    int size = Math.min(LONGEST, Integer.highestOneBit(begun.position() + bytes) * 2);
    begun = ByteBuffer.allocateDirect(size).order(ByteOrder.LITTLE_ENDIAN).put(begun.flip());
    return begun;
  }
}
