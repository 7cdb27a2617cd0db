package jlocal.addons;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;

/**
 * The message after DATA, up to the line that is only a dot; the first dot of a line is removed
 * (RFC 5321, 4.5.2). Only CR LF ends a line.
 */
final class SmtpDataInput {
  private static final byte[] END = {'.', '\r', '\n'};

  private final BufferedInputStream in;
  private boolean isStartOfLine = true;
  private boolean hasEnded;
  private int previous;
  private long size;

  SmtpDataInput(BufferedInputStream in) {
    this.in = in;
  }

  /**
   * Returns the next byte; -1 at the end. Throws EOFException if the client disconnects earlier.
   */
  int read() throws IOException {
    if (hasEnded || (isStartOfLine && isEnd())) return -1;
    int b = in.read();
    if (isStartOfLine && b == '.') b = in.read();
    if (b < 0) throw new EOFException("the client disconnected within a message");
    isStartOfLine = previous == '\r' && b == '\n';
    previous = b;
    size++;
    return b;
  }

  private boolean isEnd() throws IOException {
    in.mark(END.length);
    for (byte expected : END) {
      if (in.read() != expected) {
        in.reset();
        return false;
      }
    }
    hasEnded = true;
    return true;
  }

  /** Returns the number of bytes read. */
  long size() {
    return size;
  }

  /** Reads the rest. */
  void drain() throws IOException {
    int b = read();
    while (b >= 0) b = read();
  }
}
