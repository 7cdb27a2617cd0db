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

/**
 * The files below a folder that are not ignored, and what they were when they were last looked at.
 * Links are not followed: what a link points to is no part of the tree.
 */
final class FileTree {
  /** A larger file has changed when its time has; of others the content is compared. */
  private static final long MAX_COMPARED = 256_000;

  private final Path root;
  private final Ignored ignored;
  private final Set<Path> others;
  private final Map<Path, State> files = new HashMap<>();

  /**
   * What a file was.
   *
   * @param digest of its content; null when that was not read
   */
  private record State(long size, FileTime time, @Nullable Long digest) {
    static State of(BasicFileAttributes file) {
      return new State(file.size(), file.lastModifiedTime(), null);
    }

    /** Owner, mode and, where the content is known, time do not count. */
    boolean differsFrom(@Nullable State other) {
      if (other == null || size != other.size) return true;
      if (digest == null || other.digest == null) return !time.equals(other.time);
      return !digest.equals(other.digest);
    }
  }

  /**
   * A tree in which nothing is known yet.
   *
   * @param others files outside of it, or ignored, that count all the same
   */
  FileTree(Path root, Ignored ignored, Set<Path> others) {
    this.root = root;
    this.ignored = ignored;
    this.others = others;
  }

  /**
   * Takes what is there, and not known yet, as not changed.
   *
   * @param folders is told of each folder before its files are read
   */
  void begin(Consumer<Path> folders) {
    look(
        folders,
        (file, _) -> {
          if (!files.containsKey(file)) isChanged(file);
        });
  }

  /** The files that look different, are new, or are gone; their content is not read. */
  Set<Path> suspects(Consumer<Path> folders) {
    var suspects = new HashSet<Path>();
    var unseen = new HashSet<>(files.keySet());
    look(
        folders,
        (file, now) -> {
          unseen.remove(file);
          State before = files.get(file);
          boolean same = before != null && now.size == before.size && now.time.equals(before.time);
          if (!same) suspects.add(file);
        });
    for (Path file : unseen) {
      // What is there but was not seen is ignored now.
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) files.remove(file);
      else suspects.add(file);
    }
    return suspects;
  }

  /** Whether a file differs from what it was when this was last asked. */
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
      return state; // It may not be read: its time has to do.
    }
  }

  private static boolean isFile(BasicFileAttributes file) {
    return file.isRegularFile() || file.isSymbolicLink();
  }

  /** Null when it has gone. */
  private static @Nullable BasicFileAttributes attributes(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException _) {
      return null;
    }
  }

  private void look(Consumer<Path> folders, BiConsumer<Path, State> found) {
    look(root, folders, found);
    for (Path file : others) {
      State state = state(file);
      if (state != null) found.accept(file, state);
    }
  }

  private void look(Path folder, Consumer<Path> folders, BiConsumer<Path, State> found) {
    ignored.read(folder);
    folders.accept(folder);
    try (var paths = Files.newDirectoryStream(folder)) {
      for (Path path : paths) {
        BasicFileAttributes now = attributes(path);
        if (now == null || ignored.covers(path, now.isDirectory())) continue;
        if (now.isDirectory()) look(path, folders, found);
        else if (isFile(now)) found.accept(path, State.of(now));
      }
    } catch (IOException | DirectoryIteratorException _) {
      // It has gone, or may not be read.
    }
  }
}
