package jlocal.os;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A named pipe, held open at both ends until {@link #close}, which deletes the name; processes that
 * have opened it can still use it. It replaces the JDK's pipes, which are closed when the direct
 * child exits, and pipe(2), which needs the JVM's foreign linker, 40 ms of CPU before the first
 * child.
 *
 * <p>mkfifo(1) creates many at once, in a private folder. POSIX leaves undefined what opening a
 * FIFO for reading and writing does; on Linux and macOS it does not block.
 */
public final class Fifo implements AutoCloseable {
  private static final int FIRST = 16;
  private static final int MORE = 256;

  /**
   * The beginning of their folders' paths, for the watchdog. In memory if possible, so that a full
   * disk does not matter; macOS has no such folder.
   */
  static final String FOLDERS = above() + "/jlocal-" + ProcessHandle.current().pid() + "-";

  private static final Pattern FOLDER_NAME = Pattern.compile("jlocal-(\\d{1,18})-\\d+");

  private static final Deque<Path> UNUSED = new ArrayDeque<>();
  private static @Nullable Path folder;
  private static int made;
  private static boolean ended;

  private final Path path;
  private final FileChannel ends;

  private Fifo(Path path, FileChannel ends) {
    this.path = path;
    this.ends = ends;
  }

  /** Creates the first ones. */
  static synchronized void prepare() {
    try {
      if (UNUSED.isEmpty()) make(FIRST);
    } catch (IOException _) {
      // The start of a process will report it.
    }
  }

  /**
   * Returns a new pipe.
   *
   * @throws IOException if there are no more files or processes, or no folder for it
   */
  static synchronized Fifo open() throws IOException {
    for (int tries = 0; ; tries++) {
      if (UNUSED.isEmpty()) make(Math.clamp(made, FIRST, MORE));
      Path next = UNUSED.remove();
      try {
        return new Fifo(
            next, FileChannel.open(next, StandardOpenOption.READ, StandardOpenOption.WRITE));
      } catch (NoSuchFileException e) {
        // systemd empties temporary folders when the user has logged out.
        UNUSED.clear();
        if (tries > 0) throw e;
      }
    }
  }

  private static void make(int count) throws IOException {
    if (ended) throw new IOException("jlocal ends");
    Path in = openFolder();
    var paths = new ArrayList<Path>();
    var command = new ArrayList<>(List.of("mkfifo", "-m", "600"));
    for (int i = 0; i < count; i++) {
      Path path = in.resolve(Integer.toString(made++));
      paths.add(path);
      command.add(path.toString());
    }
    Process mkfifo = new ProcessBuilder(command).redirectErrorStream(true).start();
    byte[] complaint = mkfifo.getInputStream().readAllBytes();
    if (complaint.length > 0) throw new IOException(new String(complaint, StandardCharsets.UTF_8));
    UNUSED.addAll(paths);
  }

  private static String above() {
    String memory = "/dev/shm";
    boolean isThere = Files.isWritable(Path.of(memory));
    return isThere ? memory : System.getProperty("java.io.tmpdir");
  }

  private static Path openFolder() throws IOException {
    if (folder != null && Files.isDirectory(folder)) return folder;
    folder = Files.createDirectory(Path.of(FOLDERS + System.nanoTime()), PrivateFiles.FOLDER);
    return folder;
  }

  /** Deletes all names, at the end of jlocal; none can be created afterwards. */
  public static synchronized void deleteAll() {
    ended = true;
    UNUSED.clear();
    if (folder != null) delete(folder.toFile());
  }

  /** Deletes the folders of jlocals that were killed before they had a watchdog. */
  static void deleteLeftovers() {
    File[] all = new File(FOLDERS).getParentFile().listFiles();
    if (all == null) return;
    for (File each : all) {
      Matcher name = FOLDER_NAME.matcher(each.getName());
      boolean isLeft = name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
      if (isLeft) delete(each);
    }
  }

  private static void delete(File folder) {
    File[] files = folder.listFiles();
    if (files == null) return; // Deleted, or another user's.
    for (File file : files) Cleanup.delete(file.toPath());
    Cleanup.delete(folder.toPath());
  }

  /** The file to open it by. */
  File file() {
    return path.toFile();
  }

  /** Closes our descriptor, but keeps the name. */
  void closeDescriptor() {
    Cleanup.close(ends);
  }

  /** Closes our descriptor and deletes the name; processes that have opened it can still use it. */
  @Override
  public void close() {
    Cleanup.delete(path);
    closeDescriptor();
  }
}
