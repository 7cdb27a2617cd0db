package jlocal.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import jlocal.os.PrivateFiles;
import org.jspecify.annotations.Nullable;

/**
 * A log file that is renamed to {@code web.1.log.1} when it is full, that one to {@code
 * web.1.log.2}, and so on; the oldest is deleted. Appends to the file of an earlier run. If the
 * file is moved or deleted, for example by logrotate, a new one is created. For one thread.
 */
public final class RotatingFile implements WritableByteChannel {
  /**
   * When a file is full, and how many old ones are kept.
   *
   * @param bytes the maximum size, unless a single write is longer
   * @param kept how many old files, at least 0
   */
  public record Rotation(long bytes, int kept) {
    /** 10 MB, and five old files. */
    public static final Rotation DEFAULT = new Rotation(10_000_000, 5);
  }

  /** How often, at most, to check whether the path still names the open file. */
  private static final long CHECK_INTERVAL = Duration.ofMillis(100).toNanos();

  private final Path file;
  private final Rotation rotation;
  private final LongSupplier nanoTime;
  private @Nullable FileChannel channel;
  private @Nullable Object fileKey;
  private long size;
  private long checkedAt;

  /** Creates the file with its first write, and its folder if it is missing. */
  public RotatingFile(Path file, Rotation rotation) {
    this(file, rotation, System::nanoTime);
  }

  RotatingFile(Path file, Rotation rotation, LongSupplier nanoTime) {
    this.file = file;
    this.rotation = rotation;
    this.nanoTime = nanoTime;
  }

  @Override
  public int write(ByteBuffer text) throws IOException {
    FileChannel to = current();
    if (size > 0 && size + text.remaining() > rotation.bytes) to = rotate();
    try {
      int count = to.write(text);
      size += count;
      return count;
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() throws IOException {
    FileChannel open = channel;
    channel = null;
    if (open != null) open.close();
  }

  private FileChannel current() throws IOException {
    if (channel != null && nanoTime.getAsLong() - checkedAt >= CHECK_INTERVAL && !isInPlace())
      close();
    return channel == null ? open() : channel;
  }

  /** Whether the path still names the open file. Updates the size. */
  private boolean isInPlace() {
    checkedAt = nanoTime.getAsLong();
    try {
      BasicFileAttributes there = attributes();
      size = there.size();
      return Objects.equals(there.fileKey(), fileKey);
    } catch (NoSuchFileException _) {
      return false;
    } catch (IOException _) {
      return true; // The folder cannot be searched, but the open file can still be written.
    }
  }

  private FileChannel open() throws IOException {
    PrivateFiles.createFolders(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    var opened = PrivateFiles.append(file);
    channel = opened;
    checkedAt = nanoTime.getAsLong();
    BasicFileAttributes there = attributes();
    fileKey = there.fileKey();
    size = there.size();
    return opened;
  }

  private BasicFileAttributes attributes() throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
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
      // There are not as many old files yet.
    }
  }
}
