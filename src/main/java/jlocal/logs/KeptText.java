package jlocal.logs;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import jlocal.ansi.ByteScan;
import org.jspecify.annotations.Nullable;

/** Text of the log, as it was in memory or in a file at one moment. */
public final class KeptText {
  private final List<Turn> turns;
  private final int most;

  /**
   * What one source wrote without another in between.
   *
   * @param cut whether its beginning is lost
   * @param number its place among the turns of all sources
   * @param time when it began, in milliseconds since 1970
   */
  public record Turn(Source source, ByteBuffer text, boolean cut, long number, long time) {}

  /** A line within a larger text: there may be a million of them. */
  private record Line(Source source, ByteBuffer in, int from, int end, long number, long time) {
    ByteBuffer text() {
      return part(in, from, end);
    }
  }

  /**
   * Text of one source or several.
   *
   * @param turns in the order of their numbers
   * @param most how many lines of each source are given at most
   */
  public KeptText(List<Turn> turns, int most) {
    this.turns = turns;
    this.most = most;
  }

  /**
   * Gives the last lines to a sink, in the order they ended, byte for byte; in the caller's thread.
   *
   * @param since when they were written, to a tenth of a second, in milliseconds since 1970
   * @param last how many lines, of all sources together
   * @param wanted what is found in each of them; null for any
   * @param rest gets the lines that have not ended
   */
  public void give(long since, int last, @Nullable Pattern wanted, LogSink sink, LogSink rest) {
    var lines = new Lines(Math.min(last, most), since - LogHistory.TURN, wanted);
    turns.forEach(lines::add);
    List<Line> all = lines.inOrder();
    for (Line line : all.subList(Math.max(0, all.size() - last), all.size())) {
      sink.writtenAt(line.time);
      sink.lines(line.source, line.text());
    }
    sink.writtenAt(0);
    if (last > 0) lines.unfinished.forEach(rest::partial);
    sink.flush();
  }

  /** The lines in their order, unfinished ones last. */
  List<ByteBuffer> lines() {
    var lines = new Lines(most, 0, null);
    turns.forEach(lines::add);
    lines.unfinished.forEach((source, text) -> lines.keep(source, text, 0, text.limit(), 0));
    return lines.inOrder().stream().map(Line::text).toList();
  }

  /** Puts turns together to lines, and keeps the last lines of each source. */
  private static final class Lines {
    private final int most;
    private final long since;
    private final @Nullable Pattern wanted;
    private final Map<Source, Deque<Line>> lines = new HashMap<>();
    private final Map<Source, ByteBuffer> unfinished = new HashMap<>();
    private final Set<Source> headless = new HashSet<>();
    private long count;

    Lines(int most, long since, @Nullable Pattern wanted) {
      this.most = most;
      this.since = since;
      this.wanted = wanted;
    }

    void add(Turn turn) {
      ByteBuffer text = turn.text;
      int end = text.limit();
      int last = ByteScan.afterLastLine(text, 0, end);
      if (turn.cut) headless.add(turn.source);
      int from = 0;
      while (from < last) {
        int next = ByteScan.afterLine(text, from, end);
        ByteBuffer begun = unfinished.remove(turn.source);
        if (headless.remove(turn.source)) {
          // Its beginning is not kept any more.
        } else if (begun == null) {
          keep(turn.source, text, from, next, turn.time);
        } else {
          ByteBuffer whole = join(begun, part(text, from, next));
          keep(turn.source, whole, 0, whole.limit(), turn.time);
        }
        from = next;
      }
      if (from < end) unfinished.merge(turn.source, part(text, from, end), KeptText::join);
    }

    private void keep(Source source, ByteBuffer in, int from, int end, long time) {
      var line = new Line(source, in, from, end, count++, time);
      if (time < since || (wanted != null && !Grep.isFound(wanted, line.text()))) return;
      Deque<Line> its = lines.computeIfAbsent(source, _ -> new ArrayDeque<>());
      its.addLast(line);
      if (its.size() > most) its.removeFirst();
    }

    private List<Line> inOrder() {
      return lines.values().stream()
          .flatMap(Deque::stream)
          .sorted(Comparator.comparingLong(Line::number))
          .toList();
    }
  }

  private static ByteBuffer part(ByteBuffer text, int from, int end) {
    return text.slice(from, end - from).order(text.order());
  }

  private static ByteBuffer join(ByteBuffer begun, ByteBuffer rest) {
    return ByteScan.buffer(begun.limit() + rest.limit()).put(begun).put(rest).flip();
  }
}
