package jlocal.terminal;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import jlocal.logs.LogSink;
import jlocal.logs.Source;

/**
 * Writes the log as a person sees it: {@code web.1 | text}, one write for each round. Lossless:
 * waits for the reader.
 *
 * <p>Colours stay within their line and come back on the source's next one. Control sequences other
 * than colours are taken out, lone control characters become {@code ^G}, redraws of a line are
 * thinned out. TAB, bytes that are not UTF-8 and blank lines pass. A line that pauses is shown as
 * it is and continued, unless another line comes between; then its rest stands on a line of its
 * own.
 */
public final class LogPainter implements LogSink {
  /** One read of each of a few children fits, and so does all of it into the cache. */
  private static final int PAGE = 256 * 1024;

  private final LogForm.Text style;
  private final Prefixes prefixes;
  private final OutputBuffer out;
  private final InstantSource clock;
  private final Map<Source, LineRenderer> renderers = new HashMap<>();
  private long writtenAt;

  /**
   * @param output written to by the hub's thread only, never closed; may be in non-blocking mode
   * @param outputGone called once, on the hub's thread, when the output cannot be written any more
   *     (its reader has gone): what comes later is dropped
   */
  public LogPainter(
      LogForm.Text style, LogForm.Names names, WritableByteChannel output, Runnable outputGone) {
    this(
        style,
        new Prefixes(
            style, style.timestamp() ? Prefixes.Timestamp.TIME : Prefixes.Timestamp.NONE, names),
        new OutputBuffer(PAGE, output, outputGone),
        InstantSource.system());
  }

  LogPainter(LogForm.Text style, Prefixes prefixes, OutputBuffer out, InstantSource clock) {
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
    if (changed) renderers.forEach((writer, its) -> its.use(prefixes.of(writer)));
    return renderer;
  }
}
