package jlocal.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * A client that stays connected for a stream, and may send further lines.
 *
 * @param reader has read what it sent already
 */
record StreamClient(RequestReader reader) implements Caller {
  private static final int BUFFER = 8 * 1024;

  @Override
  public WritableByteChannel out() {
    return reader.channel();
  }

  @Override
  public void listen(Consumer<String> line, Runnable gone) {
    Thread.ofPlatform()
        .name("control client's words")
        .daemon()
        .start(() -> {
          hearOut(line);
          gone.run();
        });
  }

  private void hearOut(Consumer<String> line) {
    var begun = new ByteArrayOutputStream();
    byte[] rest = reader.rest();
    ByteBuffer in = ByteBuffer.allocate(Math.max(BUFFER, rest.length)).put(rest);
    try {
      do {
        in.flip();
        while (in.hasRemaining()) hear(in.get(), begun, line);
        in.clear();
      } while (begun.size() <= Protocol.LONGEST_LINE && reader.channel().read(in) >= 0);
    } catch (IOException _) {
      // It has hung up in a hurry.
    }
  }

  private static void hear(byte next, ByteArrayOutputStream begun, Consumer<String> line) {
    if (next == '\n') {
      line.accept(begun.toString(StandardCharsets.UTF_8));
      begun.reset();
    } else {
      begun.write(next);
    }
  }
}
