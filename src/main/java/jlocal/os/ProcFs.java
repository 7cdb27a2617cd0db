package jlocal.os;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads process information from /proc; proc(5). Without /proc (macOS), there are no processes.
 * Processes that have ended, or may not be read, read as empty.
 */
final class ProcFs {
  private static final File PROC = new File("/proc");

  /** The size of most files, in bytes, which is not known in advance. */
  private static final int MOST = 512;

  /**
   * A snapshot of a process.
   *
   * @param parent the pid of its parent, or of the process that adopted it
   * @param startTime in clock ticks since boot; identifies the process together with the pid, which
   *     may be reused
   * @param zombie whether it has ended and waits to be reaped
   * @param cpuTicks its CPU time, including reaped children
   * @param faults its page faults, including reaped children
   */
  record Stat(
      long pid,
      long parent,
      long group,
      long session,
      long startTime,
      boolean zombie,
      long cpuTicks,
      long residentPages,
      long faults) {

    /** Whether the process still exists. */
    boolean isStill() {
      Stat now = stat(pid);
      return now != null && now.startTime == startTime;
    }
  }

  private ProcFs() {}

  /** Returns all processes, in no order. */
  static List<Stat> processes() {
    var found = new ArrayList<Stat>();
    String[] names = PROC.list();
    for (String name : names == null ? new String[0] : names) {
      Stat stat = name.charAt(0) <= '9' ? stat(Long.parseLong(name)) : null;
      if (stat != null) found.add(stat);
    }
    return found;
  }

  /** Returns a process; null if it does not exist. */
  static @Nullable Stat stat(long pid) {
    String line = read(pid + "/stat");
    // The name is in parentheses, and may contain blanks and parentheses.
    String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1);
    if (fields.length < 22) return null;
    long ticks = 0;
    for (int i = 11; i <= 14; i++) ticks += Long.parseLong(fields[i]);
    long faults = 0;
    for (int i = 7; i <= 10; i++) faults += Long.parseLong(fields[i]);
    return new Stat(
        pid,
        Long.parseLong(fields[1]),
        Long.parseLong(fields[2]),
        Long.parseLong(fields[3]),
        Long.parseLong(fields[19]),
        fields[0].equals("Z") || fields[0].equals("X"),
        ticks,
        Long.parseLong(fields[21]),
        faults);
  }

  /**
   * Returns the rest of the line that begins with a prefix.
   *
   * @param file below /proc
   * @return empty if there is none
   */
  static String field(String file, String prefix) {
    return read(file)
        .lines()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()).strip())
        .findFirst()
        .orElse("");
  }

  /** Reads a file below /proc, in ISO 8859-1. */
  static String read(String file) {
    try (var in = new FileInputStream(new File(PROC, file))) {
      byte[] text = new byte[MOST];
      int length = in.readNBytes(text, 0, MOST);
      String first = new String(text, 0, length, StandardCharsets.ISO_8859_1);
      if (length < MOST) return first;
      return first + new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }
}
