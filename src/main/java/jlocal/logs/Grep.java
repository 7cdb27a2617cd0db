package jlocal.logs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import jlocal.ansi.AnsiText;
import jlocal.ansi.ByteScan;

/**
 * Passes on only the lines whose text matches a regular expression. Unfinished lines are held back
 * until they end.
 */
public final class Grep implements LogSink {
  private final Pattern pattern;
  private final LogSink sink;
  private final Map<Source, ByteBuffer> unfinished = new HashMap<>();

  public Grep(Pattern pattern, LogSink sink) {
    this.pattern = pattern;
    this.sink = sink;
  }

  @Override
  public void lines(Source source, ByteBuffer wholeLines) {
    int end = wholeLines.limit();
    while (wholeLines.position() < end) {
      int next = ByteScan.afterLine(wholeLines, wholeLines.position(), end);
      line(source, wholeLines.slice(wholeLines.position(), next - wholeLines.position()));
      wholeLines.position(next);
    }
  }

  private void line(Source source, ByteBuffer text) {
    ByteBuffer before = unfinished.remove(source);
    ByteBuffer line = before == null ? text : join(before, text);
    if (!matches(pattern, line)) return;
    sink.lines(source, line.order(ByteOrder.LITTLE_ENDIAN));
  }

  /** Whether the pattern matches somewhere in the text of a whole line. */
  static boolean matches(Pattern pattern, ByteBuffer line) {
    int end = Math.max(0, line.limit() - 1);
    ByteBuffer plain = line.duplicate().limit(end);
    return pattern.matcher(AnsiText.plain(plain)).find();
  }

  /** Keeps at most {@link LogSink#LINE} bytes of an unfinished line. */
  @Override
  public void partial(Source source, ByteBuffer piece) {
    ByteBuffer before = unfinished.get(source);
    if (before != null && before.limit() + piece.remaining() > LogSink.LINE) return;
    unfinished.put(source, join(before == null ? ByteBuffer.allocate(0) : before, piece));
  }

  private static ByteBuffer join(ByteBuffer first, ByteBuffer second) {
    return ByteScan.buffer(first.limit() + second.remaining()).put(first).put(second).flip();
  }

  @Override
  public void writtenAt(long millis) {
    sink.writtenAt(millis);
  }

  @Override
  public void flush() {
    sink.flush();
  }
}
