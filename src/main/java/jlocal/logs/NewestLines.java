package jlocal.logs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Puts turns of text together to lines, and keeps the last lines of each source. */
final class NewestLines {
  /**
   * What one source wrote without another in between.
   *
   * @param cut whether its beginning is lost
   * @param number its place among the turns of all sources
   * @param time when it began, in {@link System#nanoTime}
   */
  record Turn(Source source, ByteBuffer text, boolean cut, long number, long time) {}

  private record Line(Source source, ByteBuffer text, long number, long time) {}

  private final int most;
  private final Map<Source, Deque<Line>> lines = new HashMap<>();
  private final Map<Source, ByteBuffer> unfinished = new HashMap<>();
  private long count;

  /**
   * No lines yet.
   *
   * @param most how many are kept of each source
   */
  NewestLines(int most) {
    this.most = most;
  }

  /** Adds a turn; turns of all sources come in the order of their numbers. */
  void add(Turn turn) {
    ByteBuffer text = turn.text;
    int end = text.limit();
    int from = turn.cut && hasLine(text, 0) ? Scan.afterLine(text, 0, end) : 0;
    while (hasLine(text, from)) {
      int next = Scan.afterLine(text, from, end);
      line(turn, part(text, from, next));
      from = next;
    }
    if (from < end) unfinished.merge(turn.source, part(text, from, end), NewestLines::join);
  }

  /** The lines, unfinished ones last. */
  List<ByteBuffer> texts() {
    unfinished.forEach((source, text) -> keep(source, text, 0));
    return inOrder().stream().map(Line::text).toList();
  }

  private List<Line> inOrder() {
    return lines.values().stream()
        .flatMap(Deque::stream)
        .sorted(Comparator.comparingLong(Line::number))
        .toList();
  }

  void give(LogDrain drain) {
    long now = System.nanoTime();
    for (Line line : inOrder()) {
      drain.writtenAgo(TimeUnit.NANOSECONDS.toMillis(now - line.time));
      drain.lines(line.source, line.text);
    }
    drain.writtenAgo(0);
    unfinished.forEach(drain::partial);
    drain.flush();
  }

  private void line(Turn turn, ByteBuffer text) {
    ByteBuffer begun = unfinished.remove(turn.source);
    keep(turn.source, begun == null ? text : join(begun, text), turn.time);
  }

  private void keep(Source source, ByteBuffer text, long time) {
    Deque<Line> its = lines.computeIfAbsent(source, _ -> new ArrayDeque<>());
    its.addLast(new Line(source, text, count++, time));
    if (its.size() > most) its.removeFirst();
  }

  private static boolean hasLine(ByteBuffer text, int from) {
    int end = text.limit();
    return from < end && text.get(Scan.afterLine(text, from, end) - 1) == '\n';
  }

  private static ByteBuffer part(ByteBuffer text, int from, int end) {
    return text.slice(from, end - from).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer join(ByteBuffer begun, ByteBuffer rest) {
    return Room.allocate(begun.limit() + rest.limit()).put(begun).put(rest).flip();
  }
}
