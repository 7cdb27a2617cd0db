package jlocal.terminal;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
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

  private final OutputBuffer out;
  private final InstantSource clock;
  private final Map<Source, JsonLineWriter> renderers = new HashMap<>();
  private long ago;
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
    renderer(source).lines(wholeLines);
  }

  @Override
  public void partial(Source source, ByteBuffer piece) {
    renderer(source).partial(piece);
  }

  @Override
  public void stalled(Source source) {
    renderer(source).stalled();
  }

  @Override
  public void flush() {
    out.flush();
  }

  private JsonLineWriter renderer(Source source) {
    JsonLineWriter renderer =
        renderers.computeIfAbsent(source, writer -> new JsonLineWriter(out, writer));
    renderer.at(time());
    return renderer;
  }

  @Override
  public void writtenAgo(long ago) {
    this.ago = ago;
  }

  private String time() {
    long now = clock.millis() - ago;
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
}
