package jlocal.os;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel tells of processes in the files of /proc; proc(5). Where there is no /proc
 * (macOS), no process is ever found. What has ended, or may not be read, reads as empty.
 */
final class ProcFs {
  private static final File PROC = new File("/proc");

  /** Most files are shorter, in bytes; their size is not known before. */
  private static final int MOST = 512;

  /**
   * A process at one moment.
   *
   * @param parent the pid of its parent; of the process that adopted it if that has ended
   * @param startTime when it started, in clock ticks since boot; with the pid it names one process
   *     for as long as the system runs, however pids are reused
   * @param zombie whether it has ended and only waits to be reaped
   * @param cpuTicks the processor time it has used, its reaped children's included
   * @param residentPages the memory it has
   * @param faults how often a page was brought in for it, its reaped children included
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

    /** Whether its pid still is its own. */
    boolean isStill() {
      Stat now = stat(pid);
      return now != null && now.startTime == startTime;
    }
  }

  private ProcFs() {}

  /** All processes, in no order. */
  static List<Stat> processes() {
    var found = new ArrayList<Stat>();
    String[] names = PROC.list();
    for (String name : names == null ? new String[0] : names) {
      Stat stat = name.charAt(0) <= '9' ? stat(Long.parseLong(name)) : null;
      if (stat != null) found.add(stat);
    }
    return found;
  }

  /** The process with this pid; null when there is none. */
  static @Nullable Stat stat(long pid) {
    String line = read(pid + "/stat");
    // The name is in parentheses and may itself contain blanks and parentheses.
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
   * The text behind a prefix of a line.
   *
   * @param file below /proc
   * @return empty when no line begins so
   */
  static String field(String file, String prefix) {
    return read(file)
        .lines()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()).strip())
        .findFirst()
        .orElse("");
  }

  /** A file below /proc, in ISO 8859-1. */
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
