package jlocal.logs;

import java.nio.ByteBuffer;

/**
 * Takes in what the sources wrote. Called by one thread at a time, and the others wait while a sink
 * is busy: a slow sink makes the children wait.
 *
 * <p>A buffer holds its bytes between position and limit, is little-endian, and belongs to the sink
 * until it returns; position and limit are its to move, the bytes are not to be changed.
 */
public interface LogSink {
  /** A longer line is given in pieces, in bytes. */
  int LINE = 64 * 1024;

  /**
   * One or more whole lines of one source, each ended by LF. After {@link #partial} the first of
   * them is the rest of that line.
   */
  void lines(Source source, ByteBuffer wholeLines);

  /**
   * A piece of a line that has not ended: its source paused in the middle of it, or the line is too
   * long to be held. Never ends inside a UTF-8 sequence.
   */
  void partial(Source source, ByteBuffer piece);

  /** The source has written nothing for a second since its last {@link #partial}. */
  default void stalled(Source source) {}

  /** A pipe of the source reached its end; what the source writes later begins afresh. */
  default void ended(Source source) {}

  /** When what follows was written, in milliseconds since 1970; 0 for just now. */
  default void writtenAt(long millis) {}

  /** The end of a round: all that was given should be written out now. */
  void flush();
}
