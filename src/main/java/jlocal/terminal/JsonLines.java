package jlocal.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import jlocal.ansi.ByteScan;
import jlocal.logs.LogSink;
import jlocal.logs.Source;

/**
 * The log for programs, one JSON object a line (RFC 8259): {@code
 * {"time":"2026-11-21T12:00:01.000Z", "source":"web.1","stream":"app","text":"…"}}. The time is RFC
 * 3339 in UTC; the stream is {@code app}, {@code manager} or {@code router}; bytes that are not
 * UTF-8 are written as {@code \\xff}.
 *
 * <p>A line that pauses for a second, or is longer than 64 KB, comes in several objects, of which
 * all but the last have {@code "partial":true}. Lossless: waits for the reader.
 */
public final class JsonLines implements LogSink {
  private static final int PAGE = 256 * 1024;
  private static final byte[] PARTIAL = "\",\"partial\":true}\n".getBytes(US_ASCII);
  private static final byte[] END = "\"}\n".getBytes(US_ASCII);

  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
  private static final byte[] CONTROL = "u00".getBytes(US_ASCII);
  private static final byte[] NOT_UTF8 = "\\x".getBytes(US_ASCII);
  private static final long TOP = 0x8080808080808080L;

  private final OutputBuffer out;
  private final InstantSource clock;
  private final Map<Source, Writer> writers = new HashMap<>();
  private long writtenAt;
  private long millis = -1;
  private long second = -1;
  private String date = "";

  /**
   * @param output written to by the hub's thread only, never closed; may be in non-blocking mode
   * @param outputGone called once, on the hub's thread, when the output cannot be written any more
   */
  public JsonLines(WritableByteChannel output, Runnable outputGone) {
    this(new OutputBuffer(PAGE, output, outputGone), InstantSource.system());
  }

  JsonLines(OutputBuffer out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public void lines(Source source, ByteBuffer wholeLines) {
    writer(source).lines(wholeLines);
  }

  @Override
  public void partial(Source source, ByteBuffer piece) {
    writer(source).partial(piece);
  }

  @Override
  public void stalled(Source source) {
    writer(source).stalled();
  }

  @Override
  public void flush() {
    out.flush();
  }

  private Writer writer(Source source) {
    Writer writer = writers.computeIfAbsent(source, Writer::new);
    writer.at(time());
    return writer;
  }

  @Override
  public void writtenAt(long writtenAt) {
    this.writtenAt = writtenAt;
  }

  private String time() {
    long now = writtenAt == 0 ? clock.millis() : writtenAt;
    if (now == millis) return date;
    millis = now;
    String whole = date;
    if (Math.floorDiv(now, 1000L) != second) {
      second = Math.floorDiv(now, 1000L);
      whole = Instant.ofEpochSecond(second).toString();
    }
    String fraction = Long.toString(1000 + Math.floorMod(now, 1000L));
    date = whole.substring(0, "2026-11-21T12:00:01".length()) + "." + fraction.substring(1) + "Z";
    return date;
  }

  private static String stream(Source source) {
    return source instanceof Source.App ? "app" : source.toString();
  }

  /** Writes the objects of one source, and keeps the line it has not ended yet. */
  private final class Writer {
    private final String source;
    private String time = "";
    private Prefix head = new Prefix(new byte[0], 0);
    private ByteBuffer begun = ByteBuffer.allocateDirect(0);

    Writer(Source source) {
      this.source =
          "\",\"source\":\"" + source + "\",\"stream\":\"" + stream(source) + "\",\"text\":\"";
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
      if (begun.position() + in.remaining() > LINE) {
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
      int size = Math.min(LINE, Integer.highestOneBit(begun.position() + bytes) * 2);
      begun = ByteScan.buffer(size).put(begun.flip());
      return begun;
    }
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
    return ByteScan.characterLength(in, at, end);
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
