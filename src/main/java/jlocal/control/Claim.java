package jlocal.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jlocal.os.PrivateFiles;

/**
 * The right to run one app: a lock on a file (fcntl(2)), which the system releases when its owner
 * ends in any way. The owner of the lock owns the socket beside it. Of two starts at once one gets
 * the lock; the files that a killed process left are taken over.
 */
public final class Claim implements AutoCloseable {
  /** How often a file that says it is over is opened once more: its owner may have died there. */
  private static final int AGAIN = 3;

  /** Somebody takes away what is left, or has not said its name yet: that takes a moment. */
  private static final int PATIENCE = 50;

  private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(10);

  /** What the last owner wrote before it took the file away. */
  private static final String OVER = "over";

  private final Path folder;
  private final Path lockFile;
  private final Path socket;
  private final FileChannel lock;

  /** Of a file that is longer the rest is not read. */
  private static final int LARGEST = 1 << 20;

  private Claim(Path folder, AppKey key, FileChannel lock) {
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
    Path file = lockFile(folder, key);
    for (int tries = 1; ; tries++) {
      FileChannel lock = open(file, StandardOpenOption.CREATE);
      boolean locked = isLocked(lock);
      String said = pid(read(lock));
      // Who takes a file away says so in it first: this one may have gone while we opened it.
      if (locked && (!said.equals(OVER) || tries >= AGAIN)) return own(folder, key, lock);
      lock.close();
      if (locked) continue;
      if (isAlive(said) || tries >= PATIENCE) throw new Taken(said.equals(OVER) ? "" : said);
      LockSupport.parkNanos(MOMENT);
    }
  }

  private static Claim own(Path folder, AppKey key, FileChannel lock) throws IOException {
    write(lock, ownPid() + "\n");
    var claim = new Claim(folder, key, lock);
    Files.deleteIfExists(claim.socket);
    return claim;
  }

  static FileChannel open(Path file, OpenOption... more) throws IOException {
    var options = new HashSet<OpenOption>(List.of(more));
    options.add(StandardOpenOption.READ);
    options.add(StandardOpenOption.WRITE);
    options.add(LinkOption.NOFOLLOW_LINKS);
    return FileChannel.open(file, options, PrivateFiles.FILE);
  }

  /** Whether it is an owner who has said its name: not one that takes files away, or is ending. */
  private static boolean isAlive(String said) {
    try {
      return ProcessHandle.of(Long.parseLong(said)).isPresent();
    } catch (NumberFormatException _) {
      return false;
    }
  }

  /**
   * Takes away what a killed owner left; leaves alone what belongs to one that lives. Whoever
   * starts at this moment tries again.
   *
   * @param lockFile one whose lock this process does not hold: it would lose it, fcntl(2)
   */
  static void clear(Path lockFile) throws IOException {
    Object before = Files.readAttributes(lockFile, BasicFileAttributes.class).fileKey();
    try (FileChannel lock = open(lockFile)) {
      if (!isLocked(lock) || pid(read(lock)).equals(OVER)) return;
      Object now = Files.readAttributes(lockFile, BasicFileAttributes.class).fileKey();
      if (!Objects.equals(before, now)) return; // What we have opened lies there no longer.
      write(lock, OVER);
      String name = String.valueOf(lockFile.getFileName());
      Files.deleteIfExists(lockFile.resolveSibling(name.replaceFirst("lock$", "sock")));
      Files.deleteIfExists(lockFile);
    } catch (NoSuchFileException _) {
      // Its owner has ended just now.
    }
  }

  /** Whether the lock is this process's now. */
  static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false; // This very process holds it.
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(Math.toIntExact(Math.min(channel.size(), LARGEST)));
    channel.read(text, 0);
    return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
  }

  /** The first line, which is the owner's pid, or that it is over. */
  private static String pid(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static long ownPid() {
    return ProcessHandle.current().pid();
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
  }

  /** Writes lines behind the pid, for other apps to read. */
  void publish(List<String> lines) throws IOException {
    write(lock, ownPid() + "\n" + String.join("\n", lines) + "\n");
  }

  /**
   * What the owner of a lock file has published; nothing when it has none that lives.
   *
   * @param lockFile one whose lock this process does not hold: it would lose it, fcntl(2)
   */
  static List<String> published(Path lockFile) {
    try (FileChannel lock = open(lockFile)) {
      return isLocked(lock) ? List.of() : read(lock).lines().skip(1).toList();
    } catch (IOException _) {
      return List.of(); // Its owner has ended just now, or it is no file of ours.
    }
  }

  /** The folder of its files. */
  Path folder() {
    return folder;
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
