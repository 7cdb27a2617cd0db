package jlocal.logs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How large log text may be in one piece, and the buffers for it. */
final class Room {
  /** As much as a pipe holds on Linux: one read empties it. */
  static final int READ = 64 * 1024;

  /** An unfinished line longer than this is given in pieces. */
  static final int LINE = 64 * 1024;

  private Room() {}

  static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
