package jlocal.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A connection that has not said yet what it wants; never blocks. */
final class RequestReader {
  /** The longest line of a client, in bytes. */
  static final int MAX_LINE = 64 * 1024;

  private static final int FIRST_BUFFER = 1024;

  private final SocketChannel channel;
  private final long arrived;
  private ByteBuffer text = ByteBuffer.allocate(FIRST_BUFFER);
  private int lineEnd = -1;

  RequestReader(SocketChannel channel, long now) {
    this.channel = channel;
    this.arrived = now;
  }

  /** How far it has come. */
  enum Progress {
    SPEAKING,
    LINE,
    TOO_LONG,
    GONE
  }

  SocketChannel channel() {
    return channel;
  }

  long age(long now) {
    return now - arrived;
  }

  /** Takes what has come. */
  Progress read() {
    try {
      if (!text.hasRemaining()) grow();
      int from = text.position();
      if (channel.read(text) < 0) return Progress.GONE;
      lineEnd = lineEnd(from);
    } catch (IOException _) {
      return Progress.GONE;
    }
    if (lineEnd >= 0) return Progress.LINE;
    return text.position() > MAX_LINE ? Progress.TOO_LONG : Progress.SPEAKING;
  }

  private void grow() {
    text = ByteBuffer.allocate(text.capacity() * 4).put(text.flip());
  }

  private int lineEnd(int from) {
    for (int i = from; i < text.position(); i++) if (text.get(i) == '\n') return i;
    return -1;
  }

  /** Its first line, without the end. */
  String line() {
    return new String(text.array(), 0, lineEnd, StandardCharsets.UTF_8);
  }

  /** What it has sent behind its first line. */
  byte[] rest() {
    return Arrays.copyOfRange(text.array(), lineEnd + 1, text.position());
  }
}
