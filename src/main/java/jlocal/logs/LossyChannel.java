package jlocal.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import jlocal.ansi.ByteScan;

/**
 * Writes log lines to a file or stdout whose disk may be full. While writes fail, lines are dropped
 * and counted, and writing is retried after a pause. The output then continues with a whole line.
 * For one thread.
 */
public final class LossyChannel implements WritableByteChannel {
  /** Called on the writing thread at the beginning and the end of each outage. */
  public interface Listener {
    /** A write failed after earlier ones had succeeded. */
    void failed(IOException why);

    /**
     * Writes succeed again.
     *
     * @param dropped how many lines were dropped since {@link #failed}
     */
    void recovered(long dropped);
  }

  private final WritableByteChannel output;
  private final long retryNanos;
  private final Predicate<IOException> isFinal;
  private final Listener listener;
  private final LongSupplier nanoTime;
  private boolean failing;
  private long failedAt;
  private long dropped;
  private boolean writtenMidLine;
  private boolean droppedMidLine;
  // Whether the output ends in the middle of a line whose rest was dropped.
  private boolean cutOff;

  /**
   * Creates a channel.
   *
   * @param retry pause after a failed write
   * @param isFinal errors after which no write can succeed, such as a broken pipe; they are
   *     rethrown
   */
  public LossyChannel(
      WritableByteChannel output,
      Duration retry,
      Predicate<IOException> isFinal,
      Listener listener) {
    this(output, retry, isFinal, listener, System::nanoTime);
  }

  LossyChannel(
      WritableByteChannel output,
      Duration retry,
      Predicate<IOException> isFinal,
      Listener listener,
      LongSupplier nanoTime) {
    this.output = output;
    this.retryNanos = retry.toNanos();
    this.isFinal = isFinal;
    this.listener = listener;
    this.nanoTime = nanoTime;
  }

  /** How many lines have been dropped in the current outage; 0 if there is none. */
  public long dropped() {
    return dropped;
  }

  /**
   * Writes or drops text. Returns fewer bytes than there are, or 0, when a non-blocking output is
   * full.
   *
   * @throws IOException if the output is closed, or the error is final
   */
  @Override
  public int write(ByteBuffer text) throws IOException {
    int before = text.remaining();
    if (failing && nanoTime.getAsLong() - failedAt < retryNanos) {
      drop(text, text.limit());
      return before;
    }
    try {
      writeLines(text);
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      if (isFinal.test(e)) throw e;
      fail(e, text);
    }
    return before - text.remaining();
  }

  private void writeLines(ByteBuffer text) throws IOException {
    if (droppedMidLine) drop(text, ByteScan.afterLine(text, text.position(), text.limit()));
    if (!text.hasRemaining()) return;
    if (cutOff) {
      if (output.write(ByteBuffer.wrap(new byte[] {'\n'})) == 0) return;
      cutOff = false;
      writtenMidLine = false;
    }
    if (output.write(text) > 0) writtenMidLine = text.get(text.position() - 1) != '\n';
    if (failing && !text.hasRemaining()) recover();
  }

  private void fail(IOException why, ByteBuffer text) {
    failedAt = nanoTime.getAsLong();
    if (writtenMidLine && !cutOff) {
      cutOff = true;
      if (text.get(text.position()) == '\n') text.get(); // Only the LF is missing.
    }
    drop(text, text.limit());
    if (failing) return;
    failing = true;
    listener.failed(why);
  }

  private void recover() {
    long droppedLines = dropped;
    failing = false;
    dropped = 0;
    listener.recovered(droppedLines);
  }

  private void drop(ByteBuffer text, int end) {
    if (text.position() == end) return;
    dropped += ByteScan.lines(text, text.position(), end);
    droppedMidLine = text.get(end - 1) != '\n';
    text.position(end);
  }

  @Override
  public boolean isOpen() {
    return output.isOpen();
  }

  @Override
  public void close() throws IOException {
    output.close();
  }
}
