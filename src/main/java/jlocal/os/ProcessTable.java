package jlocal.os;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All processes at one moment; proc(5). Empty where there is no /proc (macOS).
 *
 * @param processes in no order
 */
record ProcessTable(List<ProcessRef> processes) {
  static ProcessTable now() {
    return new ProcessTable(
        StatFile.pids().stream().map(ProcessTable::read).filter(Objects::nonNull).toList());
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
    String[] fields = StatFile.fields(pid, 0);
    if (fields == null) return null;
    boolean zombie = fields[0].equals("Z") || fields[0].equals("X");
    long parent = Long.parseLong(fields[1]);
    return new ProcessRef(
        Long.parseLong(pid), parent, Long.parseLong(fields[2]), fields[19], zombie);
  }
}
