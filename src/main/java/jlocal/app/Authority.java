package jlocal.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import jlocal.os.DataFolder;
import jlocal.os.MachineName;
import jlocal.router.LocalAuthority;

/** The certificate authority of this user: one for all apps, so that it has to be trusted once. */
public final class Authority {
  private final Path folder;

  private Authority(Path folder) {
    this.folder = folder;
  }

  public static Authority of(Map<String, String> environment) {
    return new Authority(DataFolder.of(environment).resolve("ca"));
  }

  /** Whether it has been made. */
  public boolean exists() {
    return Files.isDirectory(folder);
  }

  /** Its certificate in PEM; made if there is none. */
  public Path file() throws IOException {
    return open().certificateFile();
  }

  /** What lists of authorities call it; made if there is none. */
  public String name() throws IOException {
    return open().name();
  }

  /** With its key; made if there is none. */
  LocalAuthority open() throws IOException {
    return LocalAuthority.in(folder, MachineName.get());
  }
}
