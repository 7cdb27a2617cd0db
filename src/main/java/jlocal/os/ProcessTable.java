package jlocal.os;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All processes at one moment; proc(5). Empty where there is no /proc (macOS).
 *
 * @param processes in no order
 */
record ProcessTable(List<ProcessRef> processes) {
  /** The place of the time of its start among the fields behind its name. */
  private static final int START_TIME = 19;

  static ProcessTable now() {
    var found = new ArrayList<ProcessRef>();
    for (String pid : StatFile.pids()) {
      ProcessRef process = read(pid);
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
    String[] fields = StatFile.fields(pid, START_TIME + 2);
    if (fields == null) return null;
    boolean zombie = fields[0].equals("Z") || fields[0].equals("X");
    long parent = Long.parseLong(fields[1]);
    return new ProcessRef(
        Long.parseLong(pid), parent, Long.parseLong(fields[2]), fields[START_TIME], zombie);
  }
}
