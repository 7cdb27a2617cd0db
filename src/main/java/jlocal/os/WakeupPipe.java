package jlocal.os;

import java.io.IOException;

/** Wakes a thread that waits in poll(2); any thread. */
record WakeupPipe(int reader, int writer) implements AutoCloseable {
  static WakeupPipe open() throws IOException {
    int[] ends = Libc.pipe();
    return new WakeupPipe(ends[0], ends[1]);
  }

  void wakeup() {
    Tty.write(writer, new byte[] {1});
  }

  @Override
  public void close() {
    Tty.close(reader);
    Tty.close(writer);
  }
}
