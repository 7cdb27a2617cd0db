package jlocal.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Objects;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import jlocal.text.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Changes an env file atomically, by renaming a new file over it. Follows symbolic links. Owner,
 * group and mode are kept.
 */
public final class EnvStore {
  private final String shownAs;
  private final Path file;
  private final byte @Nullable [] original;
  private final EnvFileEditor before;
  private @Nullable Path prepared;

  private EnvStore(String shownAs, Path file, byte @Nullable [] original, EnvFileEditor before) {
    this.shownAs = shownAs;
    this.file = file;
    this.original = original;
    this.before = before;
  }

  /**
   * Reads the file, which need not exist and may have errors.
   *
   * @param named as the user named it
   * @throws UserError if it is not text, or cannot be read or written
   */
  public static EnvStore open(Path named) throws UserError {
    String shownAs = named.toString();
    try {
      if (!Files.exists(named, LinkOption.NOFOLLOW_LINKS))
        return new EnvStore(shownAs, named.toAbsolutePath(), null, new EnvFileEditor("", shownAs));
      if (!Files.isRegularFile(named)) throw refused(shownAs, "is not a regular file");
      Path file = named.toRealPath();
      boolean isReadOnly =
          !Files.isWritable(file)
              || !Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_WRITE);
      if (isReadOnly) throw refused(shownAs, "is read-only");
      byte[] bytes = Files.readAllBytes(file);
      Utf8.decode(bytes, shownAs).orThrow();
      return new EnvStore(shownAs, file, bytes, EnvFileEditor.read(bytes, shownAs).value());
    } catch (IOException e) {
      throw refused(shownAs, "cannot be read: " + reason(e));
    }
  }

  /** Returns the text as read; empty if the file does not exist. */
  public EnvFileEditor text() {
    return before;
  }

  public boolean exists() {
    return original != null;
  }

  /**
   * Writes the new text to a temporary file beside this one; {@link #commit} puts it in place.
   *
   * @throws UserError if it cannot be written, or would get another owner
   */
  public void prepare(EnvFileEditor text) throws UserError {
    try {
      prepared = Files.createTempFile(folder(), ".env", ".new");
      try (FileChannel out = FileChannel.open(prepared, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.bytes());
        while (bytes.hasRemaining()) out.write(bytes);
        out.force(true);
      }
      if (original != null) copyAttributes(prepared);
    } catch (IOException e) {
      discard();
      throw refused(shownAs, "cannot be written: " + reason(e));
    } catch (UserError e) {
      discard();
      throw e;
    }
  }

  /** Copies owner, group and mode to the new file, which is created for its owner only. */
  private void copyAttributes(Path to) throws IOException, UserError {
    var old = Files.readAttributes(file, PosixFileAttributes.class);
    var view = Objects.requireNonNull(Files.getFileAttributeView(to, PosixFileAttributeView.class));
    var made = view.readAttributes();
    try {
      if (!made.owner().equals(old.owner())) view.setOwner(old.owner());
      if (!made.group().equals(old.group())) view.setGroup(old.group());
    } catch (FileSystemException _) {
      String owner = old.owner().getName() + ":" + old.group().getName();
      throw refused(shownAs, "belongs to " + owner + ", and a change would change its owner");
    }
    view.setPermissions(old.permissions());
  }

  /**
   * Replaces the file by the prepared one.
   *
   * @throws UserError if others have changed the file since it was read
   */
  public void commit() throws UserError {
    Path from = Objects.requireNonNull(prepared, "prepared");
    try {
      byte[] now = Files.exists(file) ? Files.readAllBytes(file) : null;
      if (!Arrays.equals(now, original))
        throw refused(shownAs, "was changed in the meantime; try again");
      Files.move(from, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw refused(shownAs, "cannot be written: " + reason(e));
    } finally {
      discard();
    }
  }

  /** Deletes the prepared file unless it was committed. */
  public void discard() {
    try {
      if (prepared != null) Files.deleteIfExists(prepared);
    } catch (IOException _) {
      // The temporary file is as private as the env file.
    }
  }

  private Path folder() {
    return Objects.requireNonNull(file.getParent());
  }

  private static UserError refused(String shownAs, String what) {
    return new UserError(Problem.error(shownAs, 0, what).hint("nothing was written"));
  }

  private static String reason(IOException failure) {
    return switch (failure) {
      case AccessDeniedException denied -> "permission denied for " + denied.getFile();
      case NoSuchFileException missing -> "there is no " + missing.getFile();
      default -> String.valueOf(failure.getMessage());
    };
  }
}
