package jlocal.control;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import jlocal.json.JsonFields.Malformed;
import org.jspecify.annotations.Nullable;

/** Reads the connection of a client line by line; by one thread at a time. */
final class ClientLines {
  private static final int MAX_LINE = 64 * 1024;
  private static final int FIRST_BUFFER = 1024;

  private final SocketChannel channel;
  private final long accepted = System.nanoTime();
  private ByteBuffer text = ByteBuffer.allocate(FIRST_BUFFER);

  /** How much of the text is known to contain no line end. */
  private int searched;

  ClientLines(SocketChannel channel) {
    this.channel = channel;
  }

  SocketChannel channel() {
    return channel;
  }

  /** Nanoseconds since the connection was accepted. */
  long age() {
    return System.nanoTime() - accepted;
  }

  /**
   * Reads once, unless a whole line is available already. Blocks only if the channel does.
   *
   * @return a line without its end; null if none is complete
   * @throws EOFException if the client has closed the connection
   * @throws Malformed if the line is longer than 64 KB
   */
  @Nullable String next() throws IOException {
    String line = take();
    if (line != null) return line;
    if (!text.hasRemaining()) text = ByteBuffer.allocate(text.capacity() * 4).put(text.flip());
    if (channel.read(text) < 0) throw new EOFException();
    line = take();
    if (line == null && searched > MAX_LINE) throw new Malformed("a line of more than 64 KB");
    return line;
  }

  private @Nullable String take() {
    for (; searched < text.position(); searched++) {
      if (text.get(searched) != '\n') continue;
      var line = new String(text.array(), 0, searched, StandardCharsets.UTF_8);
      text.flip().position(searched + 1);
      text.compact();
      searched = 0;
      return line;
    }
    return null;
  }
}
