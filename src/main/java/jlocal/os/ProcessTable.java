package jlocal.os;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All processes at one moment; proc(5). Empty where there is no /proc (macOS).
 *
 * @param processes in no order
 */
record ProcessTable(List<Entry> processes) {
  private static final File PROC = new File("/proc");

  /** As much of it as its fields need. */
  private static final int SIZE = 1024;

  /**
   * A process as /proc or ps showed it.
   *
   * @param parent the pid of its parent; of the process that adopted it if that has ended
   * @param group its process group's id
   * @param startTime when it started, in a unit of the system's; with the pid it names one process
   *     for as long as the system runs, however pids are reused
   * @param zombie whether it has ended and only waits to be reaped
   */
  record Entry(long pid, long parent, long group, String startTime, boolean zombie) {}

  /** The place of the time of its start among the fields behind its name. */
  private static final int START_TIME = 19;

  static ProcessTable now() {
    var found = new ArrayList<Entry>();
    for (String pid : pids()) {
      Entry process = read(pid);
      if (process != null) found.add(process);
    }
    return new ProcessTable(found);
  }

  /** Whether a living process belongs to the group; true where processes cannot be listed. */
  boolean hasGroup(long group) {
    return processes.isEmpty()
        || processes.stream().anyMatch(p -> p.group() == group && !p.zombie());
  }

  /** The process with this pid as it is now, or null when there is none. */
  static @Nullable Entry of(long pid) {
    return read(Long.toString(pid));
  }

  private static @Nullable Entry read(String pid) {
    String[] fields = fields(pid, START_TIME + 2);
    if (fields == null) return null;
    boolean zombie = fields[0].equals("Z") || fields[0].equals("X");
    long parent = Long.parseLong(fields[1]);
    return new Entry(
        Long.parseLong(pid), parent, Long.parseLong(fields[2]), fields[START_TIME], zombie);
  }

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
      // The name is in parentheses and may itself contain blanks and parentheses.
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ", limit);
    } catch (IOException | RuntimeException _) {
      return null;
    }
  }
}
