package jlocal.os;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How many files and sockets this process may have open; getrlimit(2), RLIMIT_NOFILE. */
public final class FileLimit {
  private static final String NAME = "Max open files";
  private static final int UNKNOWN = 256; // The least a system gives by default: that of macOS.

  private FileLimit() {}

  /** How many more it may open at this moment. */
  public static int left() {
    String[] open = new File("/dev/fd").list();
    return Math.max(0, limit() - (open == null ? 0 : open.length));
  }

  /** The soft limit: from /proc on Linux, elsewhere from the launcher. proc(5) */
  private static int limit() {
    try {
      List<String> lines = Files.readAllLines(Path.of("/proc/self/limits"));
      for (String line : lines) {
        if (line.startsWith(NAME))
          return number(line.substring(NAME.length()).strip().split(" ", 2)[0]);
      }
      return UNKNOWN;
    } catch (IOException _) {
      return number(System.getProperty("jlocal.files", ""));
    }
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      return text.equals("unlimited") ? Integer.MAX_VALUE : UNKNOWN;
    }
  }
}
