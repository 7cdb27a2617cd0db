package jlocal.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import jlocal.os.Screen;
import org.jspecify.annotations.Nullable;

/** Somebody at another terminal who looks at an instance's; nobody waits for a slow one. */
final class Onlooker implements Screen.Onlooker {
  private static final int MOST = 1024 * 1024;
  private static final byte[] SKIPPED =
      "\r\n[some output was skipped here]\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Queue<byte[]> waiting = new ArrayDeque<>();
  private int size;
  private boolean over;

  @Override
  public synchronized void shown(byte[] bytes) {
    if (size + bytes.length > MOST) {
      waiting.clear();
      waiting.add(SKIPPED);
      size = 0;
    }
    waiting.add(bytes);
    size += bytes.length;
    notifyAll();
  }

  @Override
  public synchronized void closed() {
    over = true;
    notifyAll();
  }

  private synchronized byte @Nullable [] next() throws InterruptedException {
    while (waiting.isEmpty() && !over) wait();
    byte[] bytes = waiting.poll();
    if (bytes != null) size = Math.max(0, size - bytes.length);
    return bytes;
  }

  /** Writes what is shown until there is nothing more to see. */
  void writeTo(WritableByteChannel out, ScreenText text) throws IOException, InterruptedException {
    for (byte[] bytes = next(); bytes != null; bytes = next()) {
      var shown = ByteBuffer.wrap(text.of(bytes));
      while (shown.hasRemaining()) out.write(shown);
    }
  }
}
