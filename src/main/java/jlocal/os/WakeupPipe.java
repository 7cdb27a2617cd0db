package jlocal.os;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;

/** Wakes a thread that waits in poll(2); any thread may call it. */
record WakeupPipe(Pipe pipe) {
  static WakeupPipe open() throws IOException {
    return new WakeupPipe(Pipe.open());
  }

  /** What the thread polls; readable once it was rung. */
  int descriptor() {
    return PipeDescriptor.of(pipe.source());
  }

  void wakeup() {
    try {
      pipe.sink().write(ByteBuffer.wrap(new byte[] {1}));
    } catch (IOException e) {
      throw new LinkageError("a pipe of our own is broken", e);
    }
  }
}
