package jlocal.os;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /proc/PID/stat}, the state of a process; proc(5). */
final class StatFile {
  private static final File PROC = new File("/proc");

  /** As much of it as its fields need. */
  private static final int SIZE = 1024;

  private StatFile() {}

  /** The pids of all processes; empty where there is no /proc (macOS). */
  // Seldom run and never compiled, with a hundred files to read: the plain ways are the quick ones.
  static List<String> pids() {
    String[] names = PROC.list();
    if (names == null) return List.of();
    var pids = new ArrayList<String>(names.length);
    for (String name : names) if (name.charAt(0) <= '9') pids.add(name);
    return pids;
  }

  /**
   * The fields behind the process's name, from its state on; null when it has ended.
   *
   * @param limit how many are wanted one by one; the rest follows as one. 0: all
   */
  static String @Nullable [] fields(String pid, int limit) {
    try (var in = new FileInputStream("/proc/" + pid + "/stat")) {
      byte[] bytes = in.readNBytes(SIZE);
      String stat = new String(bytes, StandardCharsets.ISO_8859_1);
      // The name stands in brackets and may itself hold blanks and brackets.
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ", limit);
    } catch (IOException | RuntimeException _) {
      return null;
    }
  }
}
