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
import org.jspecify.annotations.Nullable;

/**
 * Tells which files may have changed. On Linux by events: each folder that is not ignored takes one
 * inotify watch. Elsewhere, and when no watch is left, by looking at the times of all files every
 * 0.5 s; the JDK's service for macOS does the same, but every 2 s.
 */
final class Changes implements AutoCloseable {
  private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);

  /** Looking at all files takes at most a twentieth of the time. */
  private static final long SHARE = 20;

  private final Path root;
  private final FileTree tree;
  private final Ignored ignored;
  private final Set<Path> others;
  private final Consumer<String> say;
  private final Map<WatchKey, Path> folders = new HashMap<>();
  private final Map<Path, WatchKey> keys = new HashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable WatchService service;
  private boolean lookAtAll;
  private boolean isRootGone;
  private long nextLook = System.nanoTime();

  /** Where events come from; null where the system has none. */
  static @Nullable WatchService ofSystem() throws IOException {
    boolean isLinux = System.getProperty("os.name", "").equals("Linux");
    return isLinux ? FileSystems.getDefault().newWatchService() : null;
  }

  /**
   * Nothing is watched yet.
   *
   * @param others files that count although they are ignored, or elsewhere
   * @param say takes a sentence for the person
   */
  Changes(Path root, FileTree tree, Ignored ignored, Set<Path> others, Consumer<String> say) {
    this.root = root;
    this.tree = tree;
    this.ignored = ignored;
    this.others = others;
    this.say = say;
  }

  /** What changes from now on is told. */
  void begin(Callable<@Nullable WatchService> source) {
    try {
      service = source.call();
    } catch (Exception e) {
      withoutEvents(e);
    }
    takeAll();
  }

  /** Takes what is there, and not watched yet, as it is now. */
  void takeAll() {
    tree.begin(this::watch);
    watchAround();
  }

  /** The folder of root tells when root goes or comes, others when rules change there. */
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
      // It has gone again, or may not be read.
    } catch (IOException e) {
      withoutEvents(e);
    }
  }

  private void withoutEvents(Exception why) {
    String instead = ": looking at all files every 0.5 s instead (limits: sysctl fs.inotify)";
    say.accept(why.getMessage() + instead);
    folders.clear();
    keys.clear();
    end(service);
    service = null;
  }

  /** How many folders are watched by events; 0 when all files are looked at instead. */
  int folders() {
    return folders.size();
  }

  /**
   * Waits for changes.
   *
   * @param nanos how long at most
   * @return files that may have changed; none when the time is over
   * @throws ClosedWatchServiceException when this has been closed
   */
  Set<Path> await(long nanos) throws InterruptedException {
    var found = new HashSet<Path>();
    WatchService events = service;
    boolean looks = events == null || lookAtAll || isRootGone;
    long wait = looks ? Math.min(nanos, nextLook - System.nanoTime()) : nanos;
    if (events == null) {
      if (closed.await(wait, TimeUnit.NANOSECONDS)) throw new ClosedWatchServiceException();
    } else {
      WatchKey key = events.poll(wait, TimeUnit.NANOSECONDS);
      for (; key != null; key = events.poll()) take(key, found);
    }
    boolean isDue = nextLook - System.nanoTime() <= 0;
    if (Files.isDirectory(root) == isRootGone) rootChanged();
    if (isRootGone) {
      if (isDue) nextLook = System.nanoTime() + INTERVAL;
      return Set.of();
    }
    if (isDue && (lookAtAll || service == null)) lookAtAll(found);
    return found;
  }

  private void take(WatchKey key, Set<Path> found) {
    List<WatchEvent<?>> news = key.pollEvents();
    Path folder = folders.get(key);
    if (!key.reset() && folders.remove(key) != null) keys.remove(folder, key);
    for (WatchEvent<?> event : news) {
      if (folder != null && event.context() instanceof Path name) {
        touched(folder.resolve(name), !event.kind().equals(ENTRY_MODIFY), found);
      } else if (folder != null && !lookAtAll) {
        say.accept("more changed at once than the system tells: looking at all files");
        lookAtAll = true;
      }
    }
  }

  /** A path came, went or was written; new folders are entered when all files are looked at. */
  private void touched(Path path, boolean cameOrWent, Set<Path> found) {
    if (others.contains(path)) found.add(path);
    lookAtAll |= ignored.above().contains(path);
    if (!path.startsWith(root) || path.equals(root)) return;
    boolean isFolder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    boolean counts = !ignored.covers(path, isFolder);
    boolean newFolder = cameOrWent && ((isFolder && counts) || keys.containsKey(path));
    lookAtAll |= newFolder || path.endsWith(Ignored.FILE);
    if (counts && !isFolder) found.add(path);
  }

  /** Enters new folders, leaves those that are gone or ignored. */
  private void lookAtAll(Set<Path> found) {
    lookAtAll = false;
    ignored.readAbove();
    long before = System.nanoTime();
    var left = new HashSet<>(keys.keySet());
    found.addAll(
        tree.suspects(folder -> {
          left.remove(folder);
          watch(folder);
        }));
    left.forEach(this::forget);
    watchAround();
    long now = System.nanoTime();
    nextLook = now + Math.max(service == null ? INTERVAL : 0, SHARE * (now - before));
  }

  private void forget(Path folder) {
    WatchKey key = keys.remove(folder);
    // The key of a folder that was moved is that of its new path.
    if (key != null && folders.remove(key, folder)) key.cancel();
  }

  private void rootChanged() {
    isRootGone = !isRootGone;
    List.copyOf(keys.keySet()).forEach(this::forget);
    lookAtAll = true;
    String gone = " has gone: nothing is watched until it is there again";
    say.accept(root + (isRootGone ? gone : " is there again and watched"));
  }

  @Override
  public void close() {
    closed.countDown();
    end(service);
  }

  private static void end(@Nullable WatchService service) {
    try {
      if (service != null) service.close();
    } catch (IOException _) {
      // Its descriptor is lost.
    }
  }
}
