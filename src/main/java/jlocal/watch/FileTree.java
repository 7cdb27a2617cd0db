package jlocal.watch;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The files below a folder that are not ignored, and their last states. Follows no links. */
final class FileTree {
  /** The content of smaller files is compared; larger ones have changed if their time has. */
  private static final long MAX_COMPARED = 256_000;

  private final Path root;
  private final IgnoreRules ignored;
  private final Set<Path> others;
  private final Map<Path, State> files = new HashMap<>();

  /**
   * The state of a file.
   *
   * @param digest of its content; null if not read
   */
  private record State(long size, FileTime time, @Nullable Long digest) {
    static State of(BasicFileAttributes file) {
      return new State(file.size(), file.lastModifiedTime(), null);
    }

    /** Ignores owner, mode and, if the content is known, the time. */
    boolean differsFrom(@Nullable State other) {
      if (other == null || size != other.size) return true;
      if (digest == null || other.digest == null) return !time.equals(other.time);
      return !digest.equals(other.digest);
    }
  }

  /** {@code others}: files to include although they are outside or ignored. */
  FileTree(Path root, IgnoreRules ignored, Set<Path> others) {
    this.root = root;
    this.ignored = ignored;
    this.others = others;
  }

  /**
   * Records unknown files in their current state.
   *
   * @param folders receives each folder before its files are read
   */
  void begin(Consumer<Path> folders) {
    visit(
        folders,
        (file, _) -> {
          if (!files.containsKey(file)) isChanged(file);
        });
  }

  /** Returns files that look different, are new, or are deleted, without reading their content. */
  Set<Path> suspects(Consumer<Path> folders) {
    var suspects = new HashSet<Path>();
    var unseen = new HashSet<>(files.keySet());
    visit(
        folders,
        (file, now) -> {
          unseen.remove(file);
          State before = files.get(file);
          boolean same = before != null && now.size == before.size && now.time.equals(before.time);
          if (!same) suspects.add(file);
        });
    for (Path file : unseen) {
      // A file that exists but was not visited is now ignored.
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) files.remove(file);
      else suspects.add(file);
    }
    return suspects;
  }

  /** Whether a file differs from its state at the last call. */
  boolean isChanged(Path file) {
    State now = state(file);
    if (now == null) return files.remove(file) != null;
    return now.differsFrom(files.put(file, now));
  }

  private static @Nullable State state(Path file) {
    BasicFileAttributes found = attributes(file);
    if (found == null || !isFile(found)) return null;
    State state = State.of(found);
    if (found.isSymbolicLink() || state.size > MAX_COMPARED) return state;
    try {
      var digest = new CRC32C();
      digest.update(Files.readAllBytes(file));
      return new State(state.size, state.time, digest.getValue());
    } catch (IOException _) {
      return state; // It is not readable: compare times.
    }
  }

  private static boolean isFile(BasicFileAttributes file) {
    return file.isRegularFile() || file.isSymbolicLink();
  }

  /** Returns null if the path does not exist. */
  private static @Nullable BasicFileAttributes attributes(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException _) {
      return null;
    }
  }

  private void visit(Consumer<Path> folders, BiConsumer<Path, State> found) {
    visit(root, folders, found);
    for (Path file : others) {
      State state = state(file);
      if (state != null) found.accept(file, state);
    }
  }

  private void visit(Path folder, Consumer<Path> folders, BiConsumer<Path, State> found) {
    ignored.read(folder);
    folders.accept(folder);
    try (var paths = Files.newDirectoryStream(folder)) {
      for (Path path : paths) {
        BasicFileAttributes now = attributes(path);
        if (now == null || ignored.covers(path, now.isDirectory())) continue;
        if (now.isDirectory()) visit(path, folders, found);
        else if (isFile(now)) found.accept(path, State.of(now));
      }
    } catch (IOException | DirectoryIteratorException _) {
      // It has been deleted, or is not readable.
    }
  }
}
