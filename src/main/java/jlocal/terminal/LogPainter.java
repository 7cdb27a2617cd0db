package jlocal.terminal;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import jlocal.logs.LogSink;
import jlocal.logs.Source;
import jlocal.text.Timestamp;

/**
 * Writes the log for people: {@code web.1 | text}, with one write per batch. Lossless: blocks while
 * the output is full.
 *
 * <p>Colours end with their line and resume on the source's next line. Control sequences other than
 * colours are removed, lone control characters become {@code ^G}, and redraws of a line are shown
 * less often. TAB, invalid UTF-8 and blank lines pass. A line that pauses is shown and later
 * continued, on a line of its own if another source wrote meanwhile.
 */
public final class LogPainter implements LogSink {
  /** Holds one read of each of a few children, and fits in the CPU cache. */
  private static final int BUFFER_BYTES = 256 * 1024;

  private final LogFormat.Text style;
  private final Prefixes prefixes;
  private final OutputBuffer out;
  private final InstantSource clock;
  private final Map<Source, LineRenderer> renderers = new HashMap<>();
  private long writtenAt;

  /**
   * @param output written to by the hub's thread only, never closed; may be non-blocking
   * @param outputGone called once, on the hub's thread, when the output can no longer be written
   *     (its reader has gone); later text is dropped
   */
  public LogPainter(
      LogFormat.Text style,
      LogFormat.Names names,
      WritableByteChannel output,
      Runnable outputGone) {
    this(
        style,
        new Prefixes(style, style.timestamp() ? Timestamp.TIME : Timestamp.NONE, names),
        new OutputBuffer(BUFFER_BYTES, output, outputGone),
        InstantSource.system());
  }

  LogPainter(LogFormat.Text style, Prefixes prefixes, OutputBuffer out, InstantSource clock) {
    this.style = style;
    this.prefixes = prefixes;
    this.out = out;
    this.clock = clock;
  }

  @Override
  public void lines(Source source, ByteBuffer wholeLines) {
    renderer(source).lines(wholeLines);
  }

  @Override
  public void partial(Source source, ByteBuffer piece) {
    renderer(source).partial(piece, now());
  }

  @Override
  public void stalled(Source source) {
    renderer(source).stalled(now());
  }

  @Override
  public void ended(Source source) {
    renderer(source).ended();
  }

  @Override
  public void writtenAt(long millis) {
    writtenAt = millis;
  }

  private long now() {
    return writtenAt == 0 ? clock.millis() : writtenAt;
  }

  @Override
  public void flush() {
    out.flush();
  }

  private LineRenderer renderer(Source source) {
    boolean changed = style.timestamp() && prefixes.tick(now());
    LineRenderer renderer = renderers.get(source);
    if (renderer == null) {
      changed |= prefixes.widen(source);
      renderer = new LineRenderer(out, style, prefixes.of(source));
      renderers.put(source, renderer);
    }
    if (changed) renderers.forEach((writer, its) -> its.setPrefix(prefixes.of(writer)));
    return renderer;
  }
}
