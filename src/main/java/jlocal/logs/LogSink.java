package jlocal.logs;

import java.nio.ByteBuffer;

/**
 * Receives the text of the log. Called by one thread at a time. While a sink blocks, the others and
 * the children wait.
 *
 * <p>A buffer holds its text between position and limit, is little-endian, and belongs to the sink
 * until it returns. A sink may move position and limit, but must not change the bytes.
 */
public interface LogSink {
  /** The maximum length of a line, in bytes; longer ones arrive in pieces. */
  int LINE = 64 * 1024;

  /**
   * Receives one or more whole lines of a source, each ended by LF. After {@link #partial} the
   * first one is the rest of that line.
   */
  void lines(Source source, ByteBuffer wholeLines);

  /**
   * Receives a piece of a line that has not ended, because its source paused or the line is too
   * long for the buffer. Never ends inside a UTF-8 sequence.
   */
  void partial(Source source, ByteBuffer piece);

  /** Called when the source has written nothing for a second since its last {@link #partial}. */
  default void stalled(Source source) {}

  /** Called when a pipe of the source has ended; later text of the source starts afresh. */
  default void ended(Source source) {}

  /** Sets when the text that follows was written, in milliseconds since 1970; 0 for now. */
  default void writtenAt(long millis) {}

  /** Called after each batch of text, which should be written out now. */
  void flush();
}
