package jlocal.logs;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import jlocal.ansi.ByteScan;

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

  /** A line within a larger text: there may be a million of them. */
  private record Line(Source source, ByteBuffer in, int from, int end, long number, long time) {
    ByteBuffer text() {
      return part(in, from, end);
    }
  }

  private final int most;
  private final Predicate<ByteBuffer> wanted;
  private final Map<Source, Deque<Line>> lines = new HashMap<>();
  private final Map<Source, ByteBuffer> unfinished = new HashMap<>();
  private long count;

  /**
   * No lines yet.
   *
   * @param most how many are kept of each source
   * @param wanted which lines are kept
   */
  NewestLines(int most, Predicate<ByteBuffer> wanted) {
    this.most = most;
    this.wanted = wanted;
  }

  /** Adds a turn; turns of all sources come in the order of their numbers. */
  void add(Turn turn) {
    ByteBuffer text = turn.text;
    int end = text.limit();
    int last = ByteScan.afterLastLine(text, 0, end);
    int from = turn.cut && last > 0 ? ByteScan.afterLine(text, 0, end) : 0;
    while (from < last) {
      int next = ByteScan.afterLine(text, from, end);
      ByteBuffer begun = unfinished.remove(turn.source);
      if (begun == null) {
        keep(turn.source, text, from, next, turn.time);
      } else {
        ByteBuffer whole = join(begun, part(text, from, next));
        keep(turn.source, whole, 0, whole.limit(), turn.time);
      }
      from = next;
    }
    if (from < end) unfinished.merge(turn.source, part(text, from, end), NewestLines::join);
  }

  private void keep(Source source, ByteBuffer in, int from, int end, long time) {
    var line = new Line(source, in, from, end, count++, time);
    if (!wanted.test(line.text())) return;
    Deque<Line> its = lines.computeIfAbsent(source, _ -> new ArrayDeque<>());
    its.addLast(line);
    if (its.size() > most) its.removeFirst();
  }

  /** The lines in their order, unfinished ones last. */
  List<ByteBuffer> texts() {
    unfinished.forEach((source, text) -> keep(source, text, 0, text.limit(), 0));
    return inOrder().stream().map(Line::text).toList();
  }

  /**
   * Gives the last lines of all sources together.
   *
   * @param rest gets the lines that have not ended
   */
  void give(int last, LogSink sink, LogSink rest) {
    List<Line> all = inOrder();
    long now = System.nanoTime();
    for (Line line : all.subList(Math.max(0, all.size() - last), all.size())) {
      sink.writtenAgo(TimeUnit.NANOSECONDS.toMillis(now - line.time));
      sink.lines(line.source, line.text());
    }
    sink.writtenAgo(0);
    if (last > 0) unfinished.forEach(rest::partial);
    sink.flush();
  }

  private List<Line> inOrder() {
    return lines.values().stream()
        .flatMap(Deque::stream)
        .sorted(Comparator.comparingLong(Line::number))
        .toList();
  }

  private static ByteBuffer part(ByteBuffer text, int from, int end) {
    return text.slice(from, end - from).order(text.order());
  }

  private static ByteBuffer join(ByteBuffer begun, ByteBuffer rest) {
    return LogBuffers.allocate(begun.limit() + rest.limit()).put(begun).put(rest).flip();
  }
}
