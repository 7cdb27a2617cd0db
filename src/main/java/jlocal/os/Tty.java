package jlocal.os;

import static jlocal.os.Libc.call;
import static jlocal.os.Libc.link;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Calls the C library about descriptors, most of them terminals. */
final class Tty {
  private static final MethodHandle READ = link("read");
  private static final MethodHandle WRITE = link("write");
  private static final MethodHandle POLL = link("poll");
  private static final MethodHandle CLOSE = link("close");

  private static final boolean MAC = Machine.isMac();
  private static final int TCIFLUSH = MAC ? 1 : 0;

  private Tty() {}

  static void close(int descriptor) {
    call(CLOSE, descriptor);
  }

  /** Whether this process may read from its terminal and configure it; tcgetpgrp(3). */
  static boolean isInForeground(int terminal) {
    return call(link("tcgetpgrp"), terminal) == call(link("getpgrp"));
  }

  /** Writes all bytes; write(2). */
  static void write(int descriptor, byte[] bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(Math.max(1, bytes.length));
      MemorySegment.copy(bytes, 0, text, ValueLayout.JAVA_BYTE, 0, bytes.length);
      for (int at = 0; at < bytes.length; ) {
        int written = call(WRITE, descriptor, text.address() + at, bytes.length - at);
        if (written <= 0) return;
        at += written;
      }
    }
  }

  /** Discards unread input; tcflush(3). */
  static void dropTyped(int slave) {
    call(link("tcflush"), slave, TCIFLUSH);
  }

  /**
   * Calls read(2); returns the number of bytes, 0 at the end, or minus the errno (EIO at the end on
   * Linux).
   */
  static int read(int descriptor, MemorySegment into) {
    return call(READ, descriptor, into.address(), into.byteSize());
  }

  /**
   * Calls poll(2).
   *
   * @param limit in milliseconds; -1 for none
   */
  static int poll(MemorySegment descriptors, int count, int limit) {
    return call(POLL, descriptors.address(), count, limit);
  }
}
