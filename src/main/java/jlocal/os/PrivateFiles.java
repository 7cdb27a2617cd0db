package jlocal.os;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Creates files and folders for secrets, with modes 0600 and 0700 whatever the umask. */
public final class PrivateFiles {
  /** Mode 0700, for a folder. */
  public static final FileAttribute<?> FOLDER = mode("rwx------");

  /** Mode 0600, for a file. */
  public static final FileAttribute<?> FILE = mode("rw-------");

  private PrivateFiles() {}

  private static FileAttribute<?> mode(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  /** Creates a folder and missing parents. The mode of an existing one is unchanged. */
  public static void createFolders(Path folder) throws IOException {
    try {
      Files.createDirectories(folder, FOLDER);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(e.getFile() + " is not a folder", e);
    }
  }

  /**
   * Removes the permission of others to write in a folder, where they could replace our files. Does
   * nothing if it is missing, or belongs to another user.
   */
  public static void protect(Path folder) throws IOException {
    if (!Files.isDirectory(folder) || User.owner(folder) != User.id()) return;
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
    boolean shared =
        permissions.removeAll(
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE));
    if (shared) Files.setPosixFilePermissions(folder, permissions);
  }

  /**
   * Opens a file to append to it, creating it if missing. The mode of an existing one is unchanged.
   *
   * @throws IOException if it cannot be opened, or is a symbolic link or no regular file; the
   *     message says so
   */
  public static FileChannel append(Path file) throws IOException {
    try {
      var there = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (there.isSymbolicLink()) throw new IOException(file + " is a symbolic link");
      if (!there.isRegularFile()) throw new IOException(file + " is not a regular file");
    } catch (NoSuchFileException _) {
      // Created below.
    }
    return FileChannel.open(
        file,
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND,
            LinkOption.NOFOLLOW_LINKS),
        FILE);
  }
}
