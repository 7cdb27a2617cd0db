package jlocal.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jlocal.os.Cleanup;
import org.jspecify.annotations.Nullable;

/**
 * Reports files that may have changed. On Linux by events, with one inotify watch per folder that
 * is not ignored. Elsewhere, and when no watch is left, by comparing the times of all files every
 * 0.5 s; the JDK's service for macOS does the same, but every 2 s.
 */
final class FileWatcher implements AutoCloseable {
  private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);

  /** Scanning takes at most one part in 20 of the time. */
  private static final long MAX_SCAN_SHARE = 20;

  private final Path root;
  private final FileTree tree;
  private final IgnoreRules ignored;
  private final Set<Path> others;
  private final Consumer<String> say;
  private final Map<WatchKey, Path> folders = new HashMap<>();
  private final Map<Path, WatchKey> keys = new HashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable WatchService service;
  private boolean scanDue;
  private boolean isRootMissing;
  private long nextScan = System.nanoTime();

  /** Returns the system's event source; null if it has none. */
  static @Nullable WatchService ofSystem() throws IOException {
    boolean isLinux = System.getProperty("os.name", "").equals("Linux");
    return isLinux ? FileSystems.getDefault().newWatchService() : null;
  }

  /**
   * Creates an instance that watches nothing yet.
   *
   * @param others files to report although they are ignored, or elsewhere
   */
  FileWatcher(
      Path root, FileTree tree, IgnoreRules ignored, Set<Path> others, Consumer<String> say) {
    this.root = root;
    this.tree = tree;
    this.ignored = ignored;
    this.others = others;
    this.say = say;
  }

  /** Reports changes from now on. */
  void begin(Callable<@Nullable WatchService> source) {
    try {
      service = source.call();
    } catch (Exception e) {
      withoutEvents(e);
    }
    recordUnknown();
  }

  /** Records files that are not known yet in their current state. */
  void recordUnknown() {
    tree.begin(this::watch);
    watchAround();
  }

  /**
   * Watches the folder above root, to see root disappear and come back, and the folders of other
   * files and rules.
   */
  private void watchAround() {
    Stream.of(List.of(root), others, ignored.above())
        .flatMap(Collection::stream)
        .map(Path::getParent)
        .filter(Objects::nonNull)
        .forEach(this::watch);
  }

  private void watch(Path folder) {
    WatchService events = service;
    if (events == null || keys.containsKey(folder)) return;
    try {
      WatchKey key = folder.register(events, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
      folders.put(key, folder);
      keys.put(folder, key);
    } catch (FileSystemException _) {
      // It has been deleted, or is not readable.
    } catch (IOException e) {
      withoutEvents(e);
    }
  }

  private void withoutEvents(Exception why) {
    String instead = ": scanning all files every 0.5 s instead (limits: sysctl fs.inotify)";
    say.accept(why.getMessage() + instead);
    folders.clear();
    keys.clear();
    Cleanup.close(service);
    service = null;
  }

  /** The number of folders watched by events; 0 if all files are scanned instead. */
  int folders() {
    return folders.size();
  }

  /**
   * Waits for changes.
   *
   * @param nanos the maximum wait
   * @return files that may have changed; empty if the time is over
   * @throws ClosedWatchServiceException if this has been closed
   */
  Set<Path> await(long nanos) throws InterruptedException {
    var found = new HashSet<Path>();
    WatchService events = service;
    boolean scans = events == null || scanDue || isRootMissing;
    long wait = scans ? Math.min(nanos, nextScan - System.nanoTime()) : nanos;
    if (events == null) {
      if (closed.await(wait, TimeUnit.NANOSECONDS)) throw new ClosedWatchServiceException();
    } else {
      WatchKey key = events.poll(wait, TimeUnit.NANOSECONDS);
      for (; key != null; key = events.poll()) handle(key, found);
    }
    boolean isDue = nextScan - System.nanoTime() <= 0;
    if (Files.isDirectory(root) == isRootMissing) rootChanged();
    if (isRootMissing) {
      if (isDue) nextScan = System.nanoTime() + INTERVAL;
      return Set.of();
    }
    if (isDue && (scanDue || service == null)) scanDue(found);
    return found;
  }

  private void handle(WatchKey key, Set<Path> found) {
    List<WatchEvent<?>> news = key.pollEvents();
    Path folder = folders.get(key);
    if (!key.reset() && folders.remove(key) != null) keys.remove(folder, key);
    for (WatchEvent<?> event : news) {
      if (folder != null && event.context() instanceof Path name) {
        touched(folder.resolve(name), !event.kind().equals(ENTRY_MODIFY), found);
      } else if (folder != null && !scanDue) {
        say.accept("too many changes at once: scanning all files");
        scanDue = true;
      }
    }
  }

  /**
   * Handles a path that was created, deleted or written; new folders are entered by the next scan.
   */
  private void touched(Path path, boolean createdOrDeleted, Set<Path> found) {
    if (others.contains(path)) found.add(path);
    scanDue |= ignored.above().contains(path);
    if (!path.startsWith(root) || path.equals(root)) return;
    boolean isFolder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    boolean counts = !ignored.covers(path, isFolder);
    boolean newFolder = createdOrDeleted && ((isFolder && counts) || keys.containsKey(path));
    scanDue |= newFolder || path.endsWith(IgnoreRules.FILE);
    if (counts && !isFolder) found.add(path);
  }

  /** Enters new folders, and leaves those that are deleted or ignored. */
  private void scanDue(Set<Path> found) {
    scanDue = false;
    ignored.readAbove();
    long before = System.nanoTime();
    var left = new HashSet<>(keys.keySet());
    found.addAll(
        tree.suspects(folder -> {
          left.remove(folder);
          watch(folder);
        }));
    left.forEach(this::unwatch);
    watchAround();
    long now = System.nanoTime();
    nextScan = now + Math.max(service == null ? INTERVAL : 0, MAX_SCAN_SHARE * (now - before));
  }

  private void unwatch(Path folder) {
    WatchKey key = keys.remove(folder);
    // A moved folder keeps its key, under its new path.
    if (key != null && folders.remove(key, folder)) key.cancel();
  }

  private void rootChanged() {
    isRootMissing = !isRootMissing;
    List.copyOf(keys.keySet()).forEach(this::unwatch);
    scanDue = true;
    String gone = " was removed: nothing is watched until it reappears";
    say.accept(root + (isRootMissing ? gone : " is back and watched again"));
  }

  @Override
  public void close() {
    closed.countDown();
    Cleanup.close(service);
  }
}
