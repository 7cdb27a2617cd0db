package jlocal.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The right to run one app, held by a lock on a file (fcntl(2)), which the system takes back when
 * its owner dies in any way; the socket beside it belongs to whoever holds the lock. So of two that
 * start at once one wins, and what a killed one left is taken over.
 */
public final class Claim implements AutoCloseable {
  private static final int TRIES = 3;

  /** What the last owner wrote before it took the file away. */
  private static final String OVER = "over\n";

  private final Path lockFile;
  private final Path socket;
  private final FileChannel lock;

  private Claim(Path folder, AppKey key, FileChannel lock) {
    this.lockFile = lockFile(folder, key);
    this.socket = socket(folder, key);
    this.lock = lock;
  }

  static Path lockFile(Path folder, AppKey key) {
    return folder.resolve(key.fileName() + ".lock");
  }

  static Path socket(Path folder, AppKey key) {
    return folder.resolve(key.fileName() + ".sock");
  }

  /** Somebody else runs the app. */
  public static final class Taken extends Exception {
    private static final long serialVersionUID = 1;

    private final String pid;

    Taken(String pid) {
      super("taken by " + pid);
      this.pid = pid;
    }

    /** The pid of the jlocal that runs it; empty when it has not said so yet. */
    public String pid() {
      return pid;
    }
  }

  /**
   * Takes it.
   *
   * @param folder from {@link ControlFolder#open}
   */
  public static Claim take(Path folder, AppKey key) throws IOException, Taken {
    FileChannel lock = locked(lockFile(folder, key));
    for (int i = 1; i < TRIES && read(lock).equals(OVER); i++) {
      lock.close(); // It was taken away while we waited for it.
      lock = locked(lockFile(folder, key));
    }
    write(lock, ProcessHandle.current().pid() + "\n");
    var claim = new Claim(folder, key, lock);
    Files.deleteIfExists(claim.socket);
    return claim;
  }

  private static FileChannel locked(Path file) throws IOException, Taken {
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS),
            mode);
    if (isLocked(channel)) return channel;
    String pid = read(channel).strip();
    channel.close();
    throw new Taken(pid);
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false; // This very process holds it.
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(64);
    channel.read(text, 0);
    return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  /** Where its owner may open the app's socket. */
  Path socket() {
    return socket;
  }

  /** Gives it back, and leaves no file behind. */
  @Override
  public void close() throws IOException {
    if (!lock.isOpen()) return;
    write(lock, OVER);
    Files.deleteIfExists(socket);
    Files.deleteIfExists(lockFile);
    lock.close();
  }
}
