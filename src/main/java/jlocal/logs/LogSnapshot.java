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

/** A snapshot of the log's text, from memory or from a file. */
public final class LogSnapshot {
  private final List<Chunk> chunks;
  private final int maxLines;

  /**
   * Text that one source wrote while no other did.
   *
   * @param cut whether its beginning is lost
   * @param number its position among the chunks of all sources
   * @param time when it began, in milliseconds since 1970
   */
  public record Chunk(Source source, ByteBuffer text, boolean cut, long number, long time) {}

  /** A line as a slice of a larger text, for there may be a million of them. */
  private record Line(Source source, ByteBuffer in, int from, int end, long number, long time) {
    ByteBuffer text() {
      return part(in, from, end);
    }
  }

  /**
   * Creates a snapshot.
   *
   * @param chunks ordered by number
   * @param maxLines how many lines of each source are returned at most
   */
  public LogSnapshot(List<Chunk> chunks, int maxLines) {
    this.chunks = chunks;
    this.maxLines = maxLines;
  }

  /**
   * Writes the last lines to a sink in the order in which they ended, byte for byte, on the
   * caller's thread.
   *
   * @param since only lines written after this, in milliseconds since 1970, to a tenth of a second
   * @param last how many lines, of all sources together
   * @param pattern lines must match this; null for all lines
   * @param rest gets the unfinished lines
   */
  public void replay(long since, int last, @Nullable Pattern pattern, LogSink sink, LogSink rest) {
    var lines = new Lines(Math.min(last, maxLines), since - LogHistory.MAX_CHUNK_MILLIS, pattern);
    chunks.forEach(lines::add);
    List<Line> all = lines.inOrder();
    for (Line line : all.subList(Math.max(0, all.size() - last), all.size())) {
      sink.writtenAt(line.time);
      sink.lines(line.source, line.text());
    }
    sink.writtenAt(0);
    if (last > 0) lines.unfinished.forEach(rest::partial);
    sink.flush();
  }

  /** Returns the lines in order, unfinished ones last. */
  List<ByteBuffer> lines() {
    var lines = new Lines(maxLines, 0, null);
    chunks.forEach(lines::add);
    lines.unfinished.forEach((source, text) -> lines.keep(source, text, 0, text.limit(), 0));
    return lines.inOrder().stream().map(Line::text).toList();
  }

  /** Joins chunks to lines, and keeps the last lines of each source. */
  private static final class Lines {
    private final int maxLines;
    private final long since;
    private final @Nullable Pattern pattern;
    private final Map<Source, Deque<Line>> lines = new HashMap<>();
    private final Map<Source, ByteBuffer> unfinished = new HashMap<>();
    private final Set<Source> cut = new HashSet<>();
    private long count;

    Lines(int maxLines, long since, @Nullable Pattern pattern) {
      this.maxLines = maxLines;
      this.since = since;
      this.pattern = pattern;
    }

    void add(Chunk chunk) {
      ByteBuffer text = chunk.text;
      int end = text.limit();
      int last = ByteScan.afterLastLine(text, 0, end);
      if (chunk.cut) cut.add(chunk.source);
      int from = 0;
      while (from < last) {
        int next = ByteScan.afterLine(text, from, end);
        ByteBuffer beginning = unfinished.remove(chunk.source);
        if (cut.remove(chunk.source)) {
          // The beginning of this line is lost, so the line is dropped.
        } else if (beginning == null) {
          keep(chunk.source, text, from, next, chunk.time);
        } else {
          ByteBuffer whole = join(beginning, part(text, from, next));
          keep(chunk.source, whole, 0, whole.limit(), chunk.time);
        }
        from = next;
      }
      if (from < end) unfinished.merge(chunk.source, part(text, from, end), LogSnapshot::join);
    }

    private void keep(Source source, ByteBuffer in, int from, int end, long time) {
      var line = new Line(source, in, from, end, count++, time);
      if (time < since || (pattern != null && !Grep.matches(pattern, line.text()))) return;
      Deque<Line> its = lines.computeIfAbsent(source, _ -> new ArrayDeque<>());
      its.addLast(line);
      if (its.size() > maxLines) its.removeFirst();
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

  private static ByteBuffer join(ByteBuffer beginning, ByteBuffer rest) {
    return ByteScan.buffer(beginning.limit() + rest.limit()).put(beginning).put(rest).flip();
  }
}
