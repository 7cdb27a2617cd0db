package jlocal.logs;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps the last lines it is given, to give them on. */
public final class Newest implements LogDrain {
  private record Line(Source source, ByteBuffer text, long ago) {}

  private final int most;
  private final Deque<Line> lines = new ArrayDeque<>();
  private long ago;
  private final Map<Source, ByteBuffer> unfinished = new LinkedHashMap<>();

  /** As many lines as this at most. */
  public Newest(int most) {
    this.most = most;
  }

  @Override
  public void lines(Source source, ByteBuffer wholeLines) {
    int end = wholeLines.limit();
    for (int from = wholeLines.position(); from < end; ) {
      int next = Scan.afterLine(wholeLines, from, end);
      lines.addLast(new Line(source, copy(wholeLines.slice(from, next - from)), ago));
      if (lines.size() > most) lines.removeFirst();
      from = next;
    }
    wholeLines.position(end);
  }

  @Override
  public void partial(Source source, ByteBuffer piece) {
    unfinished.put(source, copy(piece));
  }

  private static ByteBuffer copy(ByteBuffer text) {
    return Room.allocate(text.remaining()).put(text).flip();
  }

  @Override
  public void writtenAgo(long millis) {
    ago = millis;
  }

  @Override
  public void flush() {}

  /** Gives them to a drain, unfinished ones last. */
  public void giveTo(LogDrain drain) {
    for (Line line : lines) {
      drain.writtenAgo(line.ago);
      drain.lines(line.source, line.text);
    }
    drain.writtenAgo(0);
    if (most > 0) unfinished.forEach(drain::partial);
    drain.flush();
  }
}
