package jlocal.os;

import java.io.File;

/** How much a pipe holds between its writer and its reader; 64 KB, unless it is let hold more. */
final class PipeSize {
  /** As much as Linux lets a user have without privileges. */
  private static final int LARGE = 1024 * 1024;

  private static final int STDOUT = 1;

  private PipeSize() {}

  /**
   * Lets a pipe hold 1 MB, so that writer and reader wait for each other less often: F_SETPIPE_SZ,
   * fcntl(2). Where that is not to be had, or is more than a user may have, it stays as it is.
   */
  static void grow(File fifo) {
    if (Machine.isMac() || !Machine.hasNativeAccess()) return;
    int descriptor = Libc.openForReading(fifo.getPath());
    if (descriptor < 0) return;
    Libc.setPipeSize(descriptor, LARGE);
    Tty.close(descriptor);
  }

  /** The same for our stdout, if it is a pipe. */
  static void growStdout() {
    if (!Machine.isMac() && Machine.hasNativeAccess()) Libc.setPipeSize(STDOUT, LARGE);
  }
}
