package jlocal.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import jlocal.ansi.ByteScan;

/**
 * Stores all output of every source on disk until it is known which source's log is wanted. The
 * files are unlinked at once, so nothing is left behind however jlocal ends. Closing frees the
 * space.
 */
public final class LogSpool implements LogSink, AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final Map<Source, FileChannel> files = new HashMap<>();
  private long dropped;

  @Override
  public synchronized void lines(Source source, ByteBuffer wholeLines) {
    append(source, wholeLines);
  }

  @Override
  public synchronized void partial(Source source, ByteBuffer piece) {
    append(source, piece);
  }

  @Override
  public void flush() {}

  private void append(Source source, ByteBuffer bytes) {
    try {
      FileChannel file = files.computeIfAbsent(source, _ -> unnamedFile());
      while (bytes.hasRemaining()) file.write(bytes);
    } catch (IOException | UncheckedIOException _) {
      // A full disk must not stop the app; its log then has a gap.
      dropped += ByteScan.lines(bytes, bytes.position(), bytes.limit());
      bytes.position(bytes.limit());
    }
  }

  private static FileChannel unnamedFile() {
    try {
      Path file = Files.createTempFile("jlocal", ".log");
      try {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many lines of all sources could not be written. */
  public synchronized long dropped() {
    return dropped;
  }

  /** Writes all output of a source to a sink, byte for byte, on the caller's thread. */
  public synchronized void replay(Source source, LogSink sink) {
    FileChannel file = files.get(source);
    if (file == null) return;
    ByteBuffer buffer = ByteScan.buffer(BUFFER);
    try {
      for (long at = 0; at < file.size(); ) {
        int read = file.read(buffer.clear(), at);
        int whole = endOfLines(buffer.flip());
        at += whole == 0 ? read : whole;
        if (whole == 0) sink.partial(source, buffer);
        else sink.lines(source, buffer.limit(whole));
      }
      sink.ended(source);
      sink.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the number of bytes up to the end of the last whole line. */
  private static int endOfLines(ByteBuffer bytes) {
    int end = bytes.limit();
    while (end > 0 && bytes.get(end - 1) != '\n') end--;
    return end;
  }

  @Override
  public synchronized void close() {
    try {
      for (FileChannel file : files.values()) file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
