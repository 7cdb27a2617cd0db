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
 * An env file that is changed: written as a whole or not at all, by another file that takes its
 * place. Of a symbolic link the target is written. Owner, group and mode stay.
 */
public final class EnvStore {
  private final String shownAs;
  private final Path file;
  private final byte @Nullable [] read;
  private final EnvText before;
  private @Nullable Path written;

  private EnvStore(String shownAs, Path file, byte @Nullable [] read, EnvText before) {
    this.shownAs = shownAs;
    this.file = file;
    this.read = read;
    this.before = before;
  }

  /**
   * Reads the file, which need not be there; there may be errors in its lines.
   *
   * @param named as the user named it
   * @throws UserError when it is no text, cannot be read, or is not to be written
   */
  public static EnvStore open(Path named) throws UserError {
    String shownAs = named.toString();
    try {
      if (!Files.exists(named, LinkOption.NOFOLLOW_LINKS))
        return new EnvStore(shownAs, named.toAbsolutePath(), null, new EnvText("", shownAs));
      if (!Files.isRegularFile(named)) throw refused(shownAs, "is no regular file");
      Path file = named.toRealPath();
      boolean isReadOnly =
          !Files.isWritable(file)
              || !Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_WRITE);
      if (isReadOnly) throw refused(shownAs, "is read-only");
      byte[] bytes = Files.readAllBytes(file);
      Utf8.decode(bytes, shownAs).orThrow();
      return new EnvStore(shownAs, file, bytes, EnvText.read(bytes, shownAs).value());
    } catch (IOException e) {
      throw refused(shownAs, "cannot be read: " + reason(e));
    }
  }

  /** As it was read; empty when it is not there. */
  public EnvText text() {
    return before;
  }

  public boolean exists() {
    return read != null;
  }

  /**
   * Writes a text beside the file, all but the last step: until {@link #commit} nothing has
   * changed.
   *
   * @throws UserError when it cannot be written, or would get another owner
   */
  public void prepare(EnvText text) throws UserError {
    try {
      written = Files.createTempFile(folder(), ".env", ".new");
      try (FileChannel out = FileChannel.open(written, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.bytes());
        while (bytes.hasRemaining()) out.write(bytes);
        out.force(true);
      }
      if (read != null) takeOver(written);
    } catch (IOException e) {
      discard();
      throw refused(shownAs, "cannot be written: " + reason(e));
    } catch (UserError e) {
      discard();
      throw e;
    }
  }

  /** Gives the new file what the old one has; it is created for its owner only. */
  private void takeOver(Path to) throws IOException, UserError {
    var old = Files.readAttributes(file, PosixFileAttributes.class);
    var view = Objects.requireNonNull(Files.getFileAttributeView(to, PosixFileAttributeView.class));
    var made = view.readAttributes();
    try {
      if (!made.owner().equals(old.owner())) view.setOwner(old.owner());
      if (!made.group().equals(old.group())) view.setGroup(old.group());
    } catch (FileSystemException _) {
      String owner = old.owner().getName() + ":" + old.group().getName();
      throw refused(shownAs, "belongs to " + owner + ", and would not if you changed it");
    }
    view.setPermissions(old.permissions());
  }

  /**
   * Puts what was prepared in the place of the file.
   *
   * @throws UserError when the file has been changed by others since it was read
   */
  public void commit() throws UserError {
    Path from = Objects.requireNonNull(written, "prepared");
    try {
      byte[] now = Files.exists(file) ? Files.readAllBytes(file) : null;
      if (!Arrays.equals(now, read))
        throw refused(shownAs, "has been changed meanwhile; try again");
      Files.move(from, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw refused(shownAs, "cannot be written: " + reason(e));
    } finally {
      discard();
    }
  }

  /** Takes away what was prepared and not committed. */
  public void discard() {
    try {
      if (written != null) Files.deleteIfExists(written);
    } catch (IOException _) {
      // It is as private as the file itself.
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
