package jlocal.os;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where what jlocal keeps for a user lies (XDG Base Directory Specification; macOS has its own).
 */
public final class DataFolder {
  private DataFolder() {}

  /** The folder, which need not be there. */
  public static Path of(Map<String, String> environment) {
    Path home = home(environment);
    String named = environment.getOrDefault("XDG_DATA_HOME", "");
    if (named.startsWith("/")) return Path.of(named, "jlocal");
    return isMac()
        ? home.resolve("Library/Application Support/jlocal")
        : home.resolve(".local/share/jlocal");
  }

  /** The user's home directory. */
  public static Path home(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "");
    return Path.of(home.isEmpty() ? System.getProperty("user.home") : home);
  }

  private static boolean isMac() {
    return System.getProperty("os.name").startsWith("Mac");
  }
}
