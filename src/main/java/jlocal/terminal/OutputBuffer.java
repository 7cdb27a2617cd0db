package jlocal.terminal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jlocal.ansi.ByteScan;
import org.jspecify.annotations.Nullable;

/**
 * Collects output so that one write carries a whole batch. Blocks while the reader is slow; drops
 * text when there is no reader any more.
 */
final class OutputBuffer {
  /** Space for words that are written past their end. */
  private static final int MARGIN = 16;

  /**
   * How long to wait when the output is full, if another program made the terminal non-blocking.
   */
  private static final long FULL_RETRY_DELAY = TimeUnit.MILLISECONDS.toNanos(1);

  private final ByteBuffer page;
  private final WritableByteChannel output;
  private final Runnable outputGone;
  private @Nullable LineRenderer open;
  private boolean gone;
  private long written;

  /**
   * @param size the capacity in bytes
   * @param outputGone called once when the output can no longer be written, unless it was closed
   */
  OutputBuffer(int size, WritableByteChannel output, Runnable outputGone) {
    page = ByteScan.buffer(size);
    this.output = output;
    this.outputGone = outputGone;
  }

  /** The position of the next byte, counted from the first one ever put. */
  long position() {
    return written + page.position();
  }

  /** Discards the bytes after a position; returns false if some are already written. */
  boolean rewind(long position) {
    if (position < written) return false;
    page.position((int) (position - written));
    return true;
  }

  void put(byte b) {
    if (page.remaining() <= MARGIN) flush();
    page.put(b);
  }

  /** Whether the last line belongs to this renderer and has not ended. */
  boolean isOpenFor(LineRenderer renderer) {
    return open == renderer;
  }

  /** Begins a line, after ending an open one. */
  void beginLine(LineRenderer renderer, Prefix prefix) {
    endOpenLine();
    open = renderer;
    put(prefix);
  }

  void endLine() {
    put((byte) '\n');
    open = null;
  }

  private void endOpenLine() {
    if (open != null) endLine();
  }

  void put(Prefix prefix) {
    if (page.remaining() < prefix.length() + MARGIN) flush();
    page.position(prefix.put(page, page.position()));
  }

  void put(ByteBuffer in, int from, int end) {
    int at = from;
    while (at < end) {
      if (page.remaining() <= MARGIN) flush();
      int count = Math.min(end - at, page.remaining() - MARGIN);
      page.put(page.position(), in, at, count);
      page.position(page.position() + count);
      at += count;
    }
  }

  /**
   * Puts whole lines, each after the prefix, up to the first with a control character other than
   * TAB. Returns the index where that line begins, or the end.
   *
   * @param raw whether control characters are copied like text
   */
  int putLines(ByteBuffer in, int from, int end, Prefix prefix, boolean raw) {
    endOpenLine();
    int at = from;
    while (at < end) {
      int need = prefix.length() + MARGIN;
      if (page.remaining() < need + Math.min(end - at, page.capacity() / 2)) flush();
      int begin = prefix.put(page, page.position());
      int buffer = Math.min(end, at + page.limit() - begin - MARGIN);
      int next = copyLine(in, at, buffer, begin, raw);
      if (next < 0) return at;
      page.position(begin + next - at);
      at = next;
    }
    return at;
  }

  /** Copies one line if it is plain text and fits; returns the index after its LF, or -1. */
  private int copyLine(ByteBuffer in, int from, int end, int to, boolean raw) {
    int shift = to - from;
    int at = from;
    for (; at + 8 <= end; at += 8) {
      long word = in.getLong(at);
      page.putLong(at + shift, word);
      long special = ByteScan.special(word);
      if (special == 0) continue;
      long ends = ByteScan.equal(word, (byte) '\n');
      long controls = raw ? 0 : special & ~ends & ~ByteScan.equal(word, (byte) '\t');
      if (ends == 0 && controls == 0) continue;
      int stop = ByteScan.before(ends | controls);
      return ends != 0 && stop == ByteScan.before(ends) ? at + stop + 1 : -1;
    }
    return copyTail(in, at, end, shift, raw);
  }

  private int copyTail(ByteBuffer in, int from, int end, int shift, boolean raw) {
    for (int at = from; at < end; at++) {
      byte b = in.get(at);
      page.put(at + shift, b);
      if (b == '\n') return at + 1;
      if (!raw && b != '\t' && ByteScan.isSpecial(b)) return -1;
    }
    return -1;
  }

  void flush() {
    page.flip();
    written += page.limit();
    try {
      while (!gone && page.hasRemaining()) {
        if (output.write(page) == 0) LockSupport.parkNanos(this, FULL_RETRY_DELAY);
      }
    } catch (ClosedChannelException closedByUs) {
      gone = true;
    } catch (IOException noReader) {
      gone = true;
      outputGone.run();
    }
    page.clear();
  }
}
