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
 * What goes to the terminal next, collected so that one write carries a whole round. Writing waits
 * for the reader; when there is no reader any more, text is dropped.
 */
final class OutputBuffer {
  /** Room for the words that are written past their end. */
  private static final int MARGIN = 16;

  /** How long to wait when a terminal that another program made non-blocking is full. */
  private static final long FULL = TimeUnit.MILLISECONDS.toNanos(1);

  private final ByteBuffer page;
  private final WritableByteChannel output;
  private final Runnable outputGone;
  private @Nullable LineRenderer open;
  private boolean gone;
  private long written;

  /**
   * @param size how many bytes are collected at most
   * @param outputGone called once when the output cannot be written any more, unless it was closed
   */
  OutputBuffer(int size, WritableByteChannel output, Runnable outputGone) {
    page = ByteScan.buffer(size);
    this.output = output;
    this.outputGone = outputGone;
  }

  /** The place of the next byte, counted from the first ever put here. */
  long position() {
    return written + page.position();
  }

  /** Takes back all that was put since a place; false when it is written already. */
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

  /** Begins a line; one that is open is ended. */
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
   * Puts whole lines, each after the prefix, up to the first that holds a control character other
   * than TAB; the index where that line begins, or the end.
   *
   * @param raw whether control characters are lines like any other
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

  /** Copies one line as far as it is clean and fits; the index after its LF, or -1. */
  private int copyLine(ByteBuffer in, int from, int end, int to, boolean raw) {
    int shift = to - from;
    int at = from;
    for (; at + 8 <= end; at += 8) {
      long word = in.getLong(at);
      page.putLong(at + shift, word);
      long special = ByteScan.special(word);
      if (special == 0) continue;
      long ends = ByteScan.equal(word, (byte) '\n');
      long dirty = raw ? 0 : special & ~ends & ~ByteScan.equal(word, (byte) '\t');
      if (ends == 0 && dirty == 0) continue;
      int stop = ByteScan.before(ends | dirty);
      return ends != 0 && stop == ByteScan.before(ends) ? at + stop + 1 : -1;
    }
    return copyLast(in, at, end, shift, raw);
  }

  private int copyLast(ByteBuffer in, int from, int end, int shift, boolean raw) {
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
        if (output.write(page) == 0) LockSupport.parkNanos(this, FULL);
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
