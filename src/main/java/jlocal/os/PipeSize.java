package jlocal.os;

import java.io.File;

/** Sets the capacity of pipes, 64 KB by default. */
final class PipeSize {
  /** The maximum that Linux allows unprivileged users. */
  private static final int LARGE = 1024 * 1024;

  private static final int STDOUT = 1;

  private PipeSize() {}

  /**
   * Sets the capacity of a pipe to 1 MB, so that writer and reader wait for each other less often:
   * F_SETPIPE_SZ, fcntl(2). If that is not allowed, it stays unchanged.
   */
  static void grow(File fifo) {
    if (Machine.isMac() || !Machine.hasNativeAccess()) return;
    int descriptor = Libc.openForReading(fifo.getPath());
    if (descriptor < 0) return;
    Libc.setPipeSize(descriptor, LARGE);
    Tty.close(descriptor);
  }

  /** Does the same for stdout, if it is a pipe. */
  static void growStdout() {
    if (!Machine.isMac() && Machine.hasNativeAccess()) Libc.setPipeSize(STDOUT, LARGE);
  }
}
