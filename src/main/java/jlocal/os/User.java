package jlocal.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The user jlocal runs as. */
public final class User {
  private static final Path SELF = Path.of("/proc/self");

  private User() {}

  /** The numeric user id. */
  public static int id() throws IOException {
    return owner(Files.exists(SELF) ? SELF.toRealPath() : Path.of(System.getProperty("user.home")));
  }

  /** The owner of a file; of a symbolic link, the owner of the link. */
  public static int owner(Path file) throws IOException {
    return (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }
}
