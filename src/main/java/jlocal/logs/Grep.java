package jlocal.logs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import jlocal.ansi.AnsiText;
import jlocal.ansi.ByteScan;

/** Gives on the lines in whose text a regular expression is found; only whole ones. */
public final class Grep implements LogSink {
  private final Pattern wanted;
  private final LogSink sink;
  private final Map<Source, ByteBuffer> begun = new HashMap<>();

  public Grep(Pattern wanted, LogSink sink) {
    this.wanted = wanted;
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
    ByteBuffer before = begun.remove(source);
    ByteBuffer line = before == null ? text : join(before, text);
    if (!isFound(wanted, line)) return;
    sink.lines(source, line.order(ByteOrder.LITTLE_ENDIAN));
  }

  /** Whether it is found in the text of a whole line. */
  static boolean isFound(Pattern wanted, ByteBuffer line) {
    int end = Math.max(0, line.limit() - 1);
    ByteBuffer plain = line.duplicate().limit(end);
    return wanted.matcher(AnsiText.plain(plain)).find();
  }

  /** Of an endless line only so much is looked at. */
  @Override
  public void partial(Source source, ByteBuffer piece) {
    ByteBuffer before = begun.get(source);
    if (before != null && before.limit() + piece.remaining() > LogSink.LINE) return;
    begun.put(source, join(before == null ? ByteBuffer.allocate(0) : before, piece));
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
