package jlocal.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The lock for running an app: on a file (fcntl(2)), released by the system when its owner ends in
 * any way. The owner also owns the socket beside it. Of two concurrent starts one gets the lock; it
 * takes over the files of a killed process. Files are created and deleted under the {@link
 * FolderLock}, so that no lock is taken on a file that was just deleted.
 */
public final class AppLock implements AutoCloseable {
  /** Another app that looks for reserved ports briefly locks the file of a killed owner. */
  private static final Duration TEST_TIMEOUT = Duration.ofMillis(500);

  /** Only this many bytes of a file are read. */
  private static final int MAX_READ = 1 << 20;

  /**
   * The names of the lock files of this process, guarded by the {@link FolderLock}. Opening and
   * closing one releases its lock.
   */
  private static final Set<String> OWN = new HashSet<>();

  private final Path folder;
  private final Path lockFile;
  private final Path socket;
  private final FileChannel lock;

  private AppLock(Path folder, AppKey key, FileChannel lock) {
    this.folder = folder;
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

  /** Thrown when another process runs the app. */
  public static final class Taken extends Exception {
    private static final long serialVersionUID = 1;

    private final String pid;

    Taken(String pid) {
      super("taken by " + pid);
      this.pid = pid;
    }

    /** The pid of the jlocal that runs it; empty if not yet known. */
    public String pid() {
      return pid;
    }
  }

  /**
   * Takes the lock of an app.
   *
   * @param folder from {@link ControlFolder#open}
   */
  public static AppLock take(Path folder, AppKey key) throws IOException, Taken {
    try (var _ = FolderLock.take(folder)) {
      FileChannel lock = FolderLock.open(lockFile(folder, key), StandardOpenOption.CREATE);
      if (!FolderLock.tryLock(lock)) {
        String pid = pid(lock);
        if (isAlive(pid) || !FolderLock.tryLock(lock, TEST_TIMEOUT)) {
          lock.close();
          throw new Taken(pid);
        }
      }
      var appLock = new AppLock(folder, key, lock);
      appLock.publish(List.of());
      Files.deleteIfExists(appLock.socket);
      OWN.add(name(appLock.lockFile));
      return appLock;
    }
  }

  private static boolean isAlive(String pid) {
    try {
      return ProcessHandle.of(Long.parseLong(pid)).isPresent();
    } catch (NumberFormatException _) {
      return false;
    }
  }

  /** Deletes the files of apps whose owners were killed. */
  static void clear(Path folder) throws IOException {
    try (var _ = FolderLock.take(folder);
        DirectoryStream<Path> lockFiles = Files.newDirectoryStream(folder, "*.lock")) {
      for (Path lockFile : lockFiles) {
        if (OWN.contains(name(lockFile))) continue;
        try (FileChannel lock = FolderLock.open(lockFile)) {
          if (FolderLock.tryLock(lock)) delete(lockFile);
        } catch (IOException _) {
          // Not a file of ours; its app, if any, will report it.
        }
      }
    }
  }

  private static void delete(Path lockFile) throws IOException {
    Files.deleteIfExists(lockFile.resolveSibling(name(lockFile).replaceFirst("lock$", "sock")));
    Files.deleteIfExists(lockFile);
  }

  private static String name(Path lockFile) {
    return String.valueOf(lockFile.getFileName());
  }

  private static List<String> read(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(Math.toIntExact(Math.min(channel.size(), MAX_READ)));
    channel.read(text, 0);
    return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).lines().toList();
  }

  private static String pid(FileChannel lock) throws IOException {
    List<String> lines = read(lock);
    return lines.isEmpty() ? "" : lines.getFirst();
  }

  /** Writes the owner's pid, followed by lines for other apps. */
  void publish(List<String> lines) throws IOException {
    String text = ProcessHandle.current().pid() + "\n" + String.join("\n", lines) + "\n";
    lock.truncate(0);
    lock.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
  }

  /**
   * Returns what the running owner of a lock file has published; empty if there is none.
   *
   * @param lockFile not locked by this process, which would lose its lock, fcntl(2)
   */
  static List<String> published(Path lockFile) {
    try (FileChannel lock = FolderLock.open(lockFile)) {
      return FolderLock.tryLock(lock) ? List.of() : read(lock).stream().skip(1).toList();
    } catch (IOException _) {
      return List.of(); // Its owner has just ended, or it is not a file of ours.
    }
  }

  Path folder() {
    return folder;
  }

  /** The path for the app's socket. */
  Path socket() {
    return socket;
  }

  /** Releases the lock and deletes its files. */
  @Override
  public void close() throws IOException {
    if (!lock.isOpen()) return;
    try (var _ = FolderLock.take(folder);
        lock) {
      OWN.remove(name(lockFile));
      delete(lockFile);
    }
  }
}
