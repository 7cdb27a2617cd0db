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
record ProcessTable(List<ProcessRef> processes) {
  private static final File PROC = new File("/proc");

  /** As much of a stat file as its fields need. */
  private static final int STAT = 1024;

  // Seldom run and never compiled, with a hundred files to read: the plain ways are the quick ones.
  static ProcessTable now() {
    String[] names = PROC.list();
    if (names == null) return new ProcessTable(List.of());
    var found = new ArrayList<ProcessRef>();
    for (String name : names) {
      ProcessRef process = name.charAt(0) <= '9' ? read(name) : null;
      if (process != null) found.add(process);
    }
    return new ProcessTable(found);
  }

  /** Whether a living process belongs to the group; true where the system does not tell. */
  boolean hasGroup(long group) {
    return processes.isEmpty()
        || processes.stream().anyMatch(p -> p.group() == group && !p.zombie());
  }

  /** The process with this pid as it is now, or null when there is none. */
  static @Nullable ProcessRef of(long pid) {
    return read(Long.toString(pid));
  }

  private static @Nullable ProcessRef read(String pid) {
    try (var in = new FileInputStream("/proc/" + pid + "/stat")) {
      byte[] bytes = in.readNBytes(STAT);
      String stat = new String(bytes, StandardCharsets.ISO_8859_1);
      // The second field is the name in brackets and may itself hold blanks and brackets.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      boolean zombie = fields[0].equals("Z") || fields[0].equals("X");
      long parent = Long.parseLong(fields[1]);
      return new ProcessRef(
          Long.parseLong(pid), parent, Long.parseLong(fields[2]), fields[19], zombie);
    } catch (IOException | RuntimeException _) {
      return null; // It ended while we looked.
    }
  }
}
