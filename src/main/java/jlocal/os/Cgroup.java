package jlocal.os;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The control group of a run. jlocal moves into it, and so every process it starts belongs to the
 * app, whatever its session, parent and environment. The watchdog, at first a member, leaves it
 * when jlocal has died and ends the others by {@code cgroup.kill}. Needs Linux 5.14 with cgroup v2
 * and write access to the parent group (containers, systemd's user scopes, root); elsewhere it does
 * nothing. See Documentation/admin-guide/cgroup-v2.rst of Linux.
 */
public final class Cgroup {
  private static final String PREFIX = "jlocal-";
  private static final Path MEMBERS = Path.of("cgroup.procs");
  private static final Path KILL = Path.of("cgroup.kill");

  private final CompletableFuture<Optional<Path>> folder;
  private @Nullable CompletableFuture<Void> out;

  private Cgroup(CompletableFuture<Optional<Path>> folder) {
    this.folder = folder;
  }

  /**
   * Starts to move into a new group; the kernel takes 5 to 20 ms, in which other work can be done.
   */
  public static Cgroup of(RunId run) {
    return new Cgroup(CompletableFuture.supplyAsync(() -> enter(run.toString()), Cgroup::start));
  }

  /** Returns an instance that does nothing. */
  public static Cgroup none() {
    return new Cgroup(CompletableFuture.completedFuture(Optional.empty()));
  }

  private static Optional<Path> enter(String run) {
    Path above = ours();
    if (above == null) return Optional.empty();
    Path folder = above.resolve(PREFIX + run);
    try {
      Files.createDirectory(folder, PrivateFiles.FOLDER);
      if (Files.exists(folder.resolve(KILL))) {
        Files.writeString(folder.resolve(MEMBERS), "0");
        return Optional.of(folder);
      }
      Files.delete(folder);
    } catch (IOException _) {
      Cleanup.delete(folder);
    }
    return Optional.empty();
  }

  /** Returns the group of this process; null if there is none. proc(5), cgroups(7) */
  private static @Nullable Path ours() {
    try {
      String mount = null;
      for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
        if (line.contains(" - cgroup2 ")) mount = line.split(" ", 6)[4];
      }
      if (mount == null) return null;
      for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
        if (line.startsWith("0::/")) return Path.of(mount, line.substring(4));
      }
    } catch (IOException _) {
      return null; // Not Linux.
    }
    return null;
  }

  /** Waits until this process is in the group, and returns its folder; null if there is none. */
  @Nullable Path folder() {
    return folder.join().orElse(null);
  }

  /**
   * Returns the other processes in it at the end, without the watchdog. If there are none, starts
   * to leave it, which takes up to 20 ms.
   */
  Set<Long> remaining() {
    Path where = folder();
    if (where == null) return Set.of();
    Set<Long> pids = members(where);
    if (pids.isEmpty()) out = quit();
    return pids;
  }

  /** Returns all but the watchdog, which is about to end the others. */
  private static Set<Long> members(Path folder) {
    var pids = new HashSet<Long>();
    try {
      for (String pid : Files.readAllLines(folder.resolve(MEMBERS))) pids.add(Long.valueOf(pid));
    } catch (IOException _) {
      pids.clear();
    }
    pids.remove(ProcessHandle.current().pid());
    pids.removeIf(Watchdog::isOne);
    return pids;
  }

  /**
   * Returns the processes in the groups of earlier runs of the app whose jlocal is gone, and
   * removes empty groups.
   */
  Set<Long> leftIn(Path root) {
    Path own = folder();
    if (own == null) return Set.of();
    var pids = new HashSet<Long>();
    try (DirectoryStream<Path> groups =
        Files.newDirectoryStream(own.resolveSibling("."), PREFIX + "*")) {
      for (Path group : groups) {
        RunId run = RunId.read(group.getFileName().toString().substring(PREFIX.length()));
        if (run == null || run.isOwned()) continue;
        Cleanup.delete(group);
        if (run.isOf(root)) pids.addAll(members(group));
      }
    } catch (IOException _) {
      // The processes found so far are ours.
    }
    return pids;
  }

  /** Leaves and removes it if it is otherwise empty. */
  public void leave() {
    quit().join();
    Cleanup.delete(folder()); // Only a group without members can be deleted.
  }

  /** Starts to move out; meanwhile no thread can be started in the whole system. */
  private synchronized CompletableFuture<Void> quit() {
    if (out == null) out = CompletableFuture.runAsync(this::moveOut, Cgroup::start);
    return out;
  }

  private void moveOut() {
    Path where = folder();
    if (where == null) return;
    try {
      Files.writeString(where.resolveSibling(MEMBERS), "0");
    } catch (IOException _) {
      // The group stays, and the next run removes it.
    }
  }

  private static void start(Runnable move) {
    try {
      Thread.ofPlatform().name("cgroup").daemon().start(move);
    } catch (OutOfMemoryError _) {
      move.run(); // No thread is available, so the caller waits.
    }
  }
}
