package jlocal.logs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How large log text may be in one piece, and the buffers for it. */
final class LogBuffers {
  /** An unfinished line longer than this is given in pieces. */
  static final int LINE = 64 * 1024;

  /** What is read of one child at once, with an unfinished line before it. */
  static final int MOST = 4 * LINE;

  private LogBuffers() {}

  static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
