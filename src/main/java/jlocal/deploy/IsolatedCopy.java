package jlocal.deploy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import jlocal.os.PrivateFiles;
import org.jspecify.annotations.Nullable;

/**
 * A copy of the files that git would deploy, deleted on close. Its owner holds a lock beside it;
 * the copies of killed owners are deleted by the next run.
 */
public final class IsolatedCopy implements AutoCloseable {
  private static final String LOCK = ".lock";
  private static final int MAX_NAMES = 5;

  private final Path folder;
  private final FileChannel lock;
  private final List<String> linked = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private int files;
  private long bytes;

  private IsolatedCopy(Path folder) throws IOException {
    this.folder = folder;
    lock = PrivateFiles.append(lockOf(folder));
    var _ = lock.lock();
    Files.createDirectory(folder, PrivateFiles.FOLDER);
  }

  /**
   * Creates an empty copy.
   *
   * @param all the folder of the copies of all apps
   */
  public static IsolatedCopy in(Path all) throws IOException {
    PrivateFiles.createFolders(all);
    // One at a time: a lock that is not held yet looks like that of a killed owner.
    try (FileChannel guard = PrivateFiles.append(all.resolve("all"));
        var _ = guard.lock()) {
      deleteAbandoned(all);
      return new IsolatedCopy(all.resolve(UUID.randomUUID().toString()));
    }
  }

  /**
   * Deletes the copies whose owners are gone. Not to be called by an owner, which would lose its
   * lock.
   *
   * @param all the folder of the copies of all apps, which must exist
   */
  public static void clean(Path all) throws IOException {
    try (FileChannel guard = PrivateFiles.append(all.resolve("all"));
        var _ = guard.lock()) {
      deleteAbandoned(all);
    }
  }

  private static void deleteAbandoned(Path all) throws IOException {
    try (DirectoryStream<Path> locks = Files.newDirectoryStream(all, "*" + LOCK)) {
      for (Path file : locks) {
        try (FileChannel lock = PrivateFiles.append(file)) {
          if (lock.tryLock() == null) continue;
          String name = file.getFileName().toString();
          delete(all.resolve(name.substring(0, name.length() - LOCK.length())));
          Files.delete(file);
        }
      }
    }
  }

  private static Path lockOf(Path folder) {
    return folder.resolveSibling(folder.getFileName() + LOCK);
  }

  /**
   * Copies the files that git tracks in the repository of an app, as they are now, and links the
   * folders that a build would create. Where the file system can, copies share their blocks until
   * one is written.
   *
   * @param root the app's root
   * @return the app's root in the copy
   * @throws IOException if there is no repository or no space; the message says so
   */
  public Path fill(Path root) throws IOException {
    Path real = root.toRealPath();
    GitRepository git = GitRepository.of(real);
    String prefix = git.prefix();
    if (git.tracked().isEmpty()) throw new IOException("git tracks no file here");
    if (!prefix.isEmpty()) git = GitRepository.of(git.top());
    for (String name : git.tracked()) copy(git.folder().resolve(name), folder.resolve(name));
    List<String> names = DeployCheck.table("linked").getFirst();
    for (String name : git.ignored()) {
      Path from = git.folder().resolve(name);
      if (names.contains(from.getFileName().toString()) && Files.isDirectory(from)) {
        createFolder(folder.resolve(name).getParent());
        Files.createSymbolicLink(folder.resolve(name), from);
        linked.add(name);
      } else if (!name.equals(".env")) { // Its variables are used nevertheless.
        leftOut.add(name + " (ignored)");
      }
    }
    leftOut.addAll(0, git.untracked());
    return folder.resolve(prefix).normalize();
  }

  private void copy(Path from, Path to) throws IOException {
    if (!Files.exists(from, LinkOption.NOFOLLOW_LINKS)) return; // Deleted meanwhile.
    createFolder(to.getParent());
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    files++;
    if (!Files.isSymbolicLink(to)) bytes += Files.size(to);
  }

  private static void createFolder(@Nullable Path folder) throws IOException {
    if (folder != null && !Files.isDirectory(folder)) Files.createDirectories(folder);
  }

  /** Returns what was copied and what was not, in one line. */
  public String summary(double seconds) {
    String size = bytes < 100_000 ? bytes / 1000 + " kB" : "%.1f MB".formatted(bytes / 1e6);
    return "isolated copy of %d %s, %s, in %.2f s: the files that git tracks, as they are now%s%s"
        .formatted(
            files,
            files == 1 ? "file" : "files",
            size,
            seconds,
            list("linked", linked),
            list("left out", leftOut));
  }

  private static String list(String what, List<String> names) {
    if (names.isEmpty()) return "";
    int more = names.size() - MAX_NAMES;
    String first = String.join(", ", names.subList(0, Math.min(MAX_NAMES, names.size())));
    return "; " + what + ": " + first + (more > 0 ? " and " + more + " more" : "");
  }

  /** Deletes the copy. What cannot be deleted is left to the next run. */
  @Override
  public void close() {
    try (lock) {
      delete(folder);
      Files.delete(lockOf(folder));
    } catch (IOException _) {
      // The app has ended; the user cannot do more about it.
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) return;
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes)
              throws IOException {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwx------"));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path each, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(each);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path each, @Nullable IOException failure)
              throws IOException {
            Files.delete(each);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
