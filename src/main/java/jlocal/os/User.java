package jlocal.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/** The user jlocal runs as. */
public final class User {
  private static final Path SELF = Path.of("/proc/self");

  private User() {}

  public static int id() throws IOException {
    return owner(Files.exists(SELF) ? SELF.toRealPath() : Path.of(System.getProperty("user.home")));
  }

  /** The owner of a file; of a symbolic link, the owner of the link. */
  public static int owner(Path file) throws IOException {
    return (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  public static Path home(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "");
    return Path.of(home.isEmpty() ? System.getProperty("user.home") : home);
  }

  /**
   * The folder of jlocal's data for the user (XDG Base Directory Specification; macOS has its own);
   * may not exist.
   */
  public static Path dataFolder(Map<String, String> environment) {
    String place = Machine.isMac() ? "Library/Application Support" : ".local/share";
    return folder("XDG_DATA_HOME", place, environment);
  }

  /** The folder of jlocal's caches for the user; may not exist. */
  public static Path cacheFolder(Map<String, String> environment) {
    return folder("XDG_CACHE_HOME", Machine.isMac() ? "Library/Caches" : ".cache", environment);
  }

  private static Path folder(String variable, String place, Map<String, String> environment) {
    String named = environment.getOrDefault(variable, "");
    if (named.startsWith("/")) return Path.of(named, "jlocal");
    return home(environment).resolve(place).resolve("jlocal");
  }
}
