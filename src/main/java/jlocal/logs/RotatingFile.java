package jlocal.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A log file that becomes {@code web.1.log.1} when it is full, that one {@code web.1.log.2}, and so
 * on; the oldest is deleted. What an earlier run left is continued.
 *
 * <p>Never throws and never blocks on a full disk: what cannot be written is dropped, and writing
 * is tried again every few seconds.
 */
public final class RotatingFile implements WritableByteChannel {
  /**
   * When a file is full and how many full ones are kept.
   *
   * @param bytes at most in one file, unless a single write is longer
   * @param kept how many older files, at least 0
   */
  public record Rotation(long bytes, int kept) {
    /** 10 MB, and five files before it. */
    public static final Rotation DEFAULT = new Rotation(10_000_000, 5);
  }

  private static final long RETRY = TimeUnit.SECONDS.toNanos(5);

  private final Path file;
  private final Rotation rotation;
  private final Consumer<IOException> failure;
  private final LongSupplier nanoTime;
  private @Nullable FileChannel channel;
  private long size;
  private boolean broken;
  private boolean midLine;
  private long failedAt;

  /**
   * @param failure called when writing fails that did not fail before, in the writing thread
   */
  public RotatingFile(Path file, Rotation rotation, Consumer<IOException> failure) {
    this(file, rotation, failure, System::nanoTime);
  }

  RotatingFile(Path file, Rotation rotation, Consumer<IOException> failure, LongSupplier nanoTime) {
    this.file = file;
    this.rotation = rotation;
    this.failure = failure;
    this.nanoTime = nanoTime;
  }

  /** Takes all of the text, whether it could be written or not. */
  @Override
  public int write(ByteBuffer text) {
    int count = text.remaining();
    if (broken && nanoTime.getAsLong() - failedAt < RETRY) {
      text.position(text.limit());
      return count;
    }
    try {
      writeAll(text);
      broken = false;
    } catch (IOException e) {
      text.position(text.limit());
      fail(e);
    }
    return count;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {
    try {
      if (channel != null) channel.close();
    } catch (IOException lost) {
      fail(lost);
    }
    channel = null;
  }

  private void writeAll(ByteBuffer text) throws IOException {
    FileChannel to = channel == null ? open() : channel;
    if (size > 0 && size + text.remaining() > rotation.bytes) to = rotate();
    if (broken && midLine) size += to.write(ByteBuffer.wrap(new byte[] {'\n'}));
    while (text.hasRemaining()) {
      size += to.write(text);
      midLine = text.get(text.position() - 1) != '\n';
    }
  }

  private FileChannel open() throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    var opened =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    channel = opened;
    size = opened.size();
    return opened;
  }

  private FileChannel rotate() throws IOException {
    close();
    if (rotation.kept == 0) Files.deleteIfExists(file);
    for (int age = rotation.kept; age > 0; age--) move(aged(age - 1), aged(age));
    return open();
  }

  private Path aged(int age) {
    return age == 0 ? file : file.resolveSibling(file.getFileName() + "." + age);
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (NoSuchFileException notThatOld) {
      // There are fewer files than are kept.
    }
  }

  private void fail(IOException e) {
    failedAt = nanoTime.getAsLong();
    if (!broken) failure.accept(e);
    broken = true;
  }
}
