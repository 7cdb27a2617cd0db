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
 * Writes the log as one JSON object per line (RFC 8259): {@code {"time":"2026-11-21T12:00:01.000Z",
 * "source":"web.1","stream":"app","text":"…"}}. The time is RFC 3339 in UTC; the stream is {@code
 * app}, {@code manager} or {@code router}; invalid UTF-8 bytes are written as {@code \\xff}.
 *
 * <p>A line that pauses for a second, or is longer than 64 KB, is split into several objects; all
 * but the last have {@code "partial":true}. Lossless: blocks while the output is full.
 */
public final class JsonLines implements LogSink {
  private static final int BUFFER_BYTES = 256 * 1024;
  private static final byte[] PARTIAL = "\",\"partial\":true}\n".getBytes(US_ASCII);
  private static final byte[] END = "\"}\n".getBytes(US_ASCII);

  private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
  private static final byte[] CONTROL = "u00".getBytes(US_ASCII);
  private static final byte[] NOT_UTF8 = "\\x".getBytes(US_ASCII);
  private static final long HIGH_BITS = 0x8080808080808080L;

  private final OutputBuffer out;
  private final InstantSource clock;
  private final Map<Source, Writer> writers = new HashMap<>();
  private long writtenAt;
  private long millis = -1;
  private long second = -1;
  private String date = "";

  /**
   * @param output written to by the hub's thread only, never closed; may be non-blocking
   * @param outputGone called once, on the hub's thread, when the output can no longer be written
   */
  public JsonLines(WritableByteChannel output, Runnable outputGone) {
    this(new OutputBuffer(BUFFER_BYTES, output, outputGone), InstantSource.system());
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

  /** Writes the objects of one source, and holds its unfinished line. */
  private final class Writer {
    private final String source;
    private String time = "";
    private Prefix head = new Prefix(new byte[0], 0);
    private ByteBuffer unfinished = ByteBuffer.allocateDirect(0);

    Writer(Source source) {
      this.source =
          "\",\"source\":\"" + source + "\",\"stream\":\"" + stream(source) + "\",\"text\":\"";
    }

    /** Sets the time of the text that follows. */
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
      if (unfinished.position() + in.remaining() > LINE) {
        object(in, in.position(), in.limit(), PARTIAL);
      } else {
        reserve(in.remaining()).put(in);
      }
    }

    /** Writes the unfinished line, for nothing more has come for a while. */
    void stalled() {
      if (unfinished.position() > 0) object(unfinished, 0, 0, PARTIAL);
    }

    private void object(ByteBuffer in, int from, int end, byte[] tail) {
      out.put(head);
      text(unfinished, 0, unfinished.position());
      text(in, from, end);
      for (byte b : tail) out.put(b);
      unfinished.clear();
    }

    private ByteBuffer reserve(int bytes) {
      if (unfinished.remaining() >= bytes) return unfinished;
      int size = Math.min(LINE, Integer.highestOneBit(unfinished.position() + bytes) * 2);
      unfinished = ByteScan.buffer(size).put(unfinished.flip());
      return unfinished;
    }
  }

  /** Writes text as the content of a JSON string (RFC 8259, section 7), always as valid UTF-8. */
  private void text(ByteBuffer in, int from, int end) {
    int at = from;
    while (at < end) {
      int stop = firstEscaped(in, at, end);
      out.put(in, at, stop);
      if (stop < end) escape(in.get(stop));
      at = stop + 1;
    }
  }

  /** Returns the index of the first byte that must be escaped, or {@code end}. */
  private static int firstEscaped(ByteBuffer in, int from, int end) {
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
    return (marks | (word & HIGH_BITS)) == 0;
  }

  /** Returns the length of the character at an index; 0 if it must be escaped. */
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
