package jlocal.logs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest text of one source, with the times it was written. For one thread at a time. */
final class SourceLog {
  /** The memory that one chunk counts as, in bytes. */
  private static final int CHUNK_BYTES = 64;

  private final Source source;
  private final RingBuffer text;
  private final Deque<Chunk> chunks = new ArrayDeque<>();
  private int maxChunks;
  private boolean midLine;
  private long runStart;

  /** Text written while no other source wrote. Positions are those of the ring buffer. */
  private static final class Chunk {
    private final long number;
    private final long time;
    private final boolean midLine;
    private final long begin;
    private long end;

    /**
     * Creates an empty chunk.
     *
     * @param midLine whether it begins in the middle of a line
     */
    Chunk(long number, long time, boolean midLine, long begin) {
      this.number = number;
      this.time = time;
      this.midLine = midLine;
      this.begin = begin;
    }
  }

  /**
   * Creates an empty log.
   *
   * @param bytes how much text is kept, a power of two
   */
  SourceLog(Source source, int bytes) {
    this.source = source;
    text = new RingBuffer(bytes);
    maxChunks = bytes / CHUNK_BYTES;
  }

  /**
   * Reduces the text that is kept.
   *
   * @param bytes a power of two
   */
  void shrink(int bytes) {
    text.shrink(bytes);
    maxChunks = bytes / CHUNK_BYTES;
    trim();
  }

  /** Starts a new run of the process: {@link #run} returns nothing written before. */
  void beginRun() {
    runStart = text.written();
  }

  /**
   * Appends text.
   *
   * @param chunk the chunk's number; grows when another source has written, or time has passed
   * @param time when the chunk began, in milliseconds since 1970
   */
  void append(ByteBuffer in, long chunk, long time) {
    if (chunks.isEmpty() || chunks.getLast().number != chunk) {
      chunks.addLast(new Chunk(chunk, time, midLine, text.written()));
    }
    text.append(in, in.position(), in.limit());
    chunks.getLast().end = text.written();
    midLine = in.get(in.limit() - 1) != '\n';
    trim();
  }

  private void trim() {
    while (chunks.size() > maxChunks || isLost(chunks.peekFirst())) chunks.removeFirst();
  }

  private boolean isLost(@Nullable Chunk chunk) {
    return chunk != null && chunk.end <= text.oldest();
  }

  /** Returns what the last run wrote, as far as it is kept. */
  LogSnapshot.Chunk run() {
    long from = Math.max(runStart, text.oldest());
    boolean cut = from > runStart;
    return new LogSnapshot.Chunk(source, text.copy(from, text.written()), cut, 0, 0);
  }

  /** The position after the last byte. */
  long end() {
    return text.written();
  }

  /** The position from which on all text is kept. */
  long oldest() {
    return chunks.isEmpty() ? text.written() : Math.max(text.oldest(), chunks.getFirst().begin);
  }

  /**
   * Returns the chunks with text after a position, as far as they are kept.
   *
   * @param isRead whether the reader has the text before the position, so that its last line
   *     continues
   */
  List<LogSnapshot.Chunk> from(long position, boolean isRead) {
    if (position == text.written()) return List.of();
    long first = Math.max(position, text.oldest());
    ByteBuffer all = text.copy(first, text.written());
    var found = new ArrayList<LogSnapshot.Chunk>();
    for (Chunk chunk : chunks) {
      if (chunk.end <= first) continue;
      long from = Math.max(chunk.begin, first);
      ByteBuffer part = all.slice((int) (from - first), (int) (chunk.end - from));
      boolean cut = found.isEmpty() && !isRead && (chunk.midLine || from > chunk.begin);
      found.add(
          new LogSnapshot.Chunk(
              source, part.order(ByteOrder.LITTLE_ENDIAN), cut, chunk.number, chunk.time));
    }
    return found;
  }
}
