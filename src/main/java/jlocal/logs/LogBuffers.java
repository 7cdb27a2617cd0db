package jlocal.logs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How large log text may be in one piece, and the buffers for it. */
final class LogBuffers {
  /** As much as a pipe holds on Linux, unless it is let hold more. */
  static final int PIPE = 64 * 1024;

  /** In one read; a larger piece would not stay in the processor's cache. */
  static final int READ = 4 * PIPE;

  /** An unfinished line longer than this is given in pieces. */
  static final int LINE = 64 * 1024;

  private LogBuffers() {}

  static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
