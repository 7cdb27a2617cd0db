package jlocal.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the processes of a session use together; proc(5).
 *
 * @param cpu the processor time they have used so far, children that have ended included
 * @param bytes the memory they have; what processes share is counted once among them
 */
public record Usage(Duration cpu, long bytes) {
  private static final Path PROC = Path.of("/proc");
  private static final long TICK_MS = 10;
  private static final long PAGE = 4096;

  /** No process has this number. */
  private static final long NONE = 0;

  /**
   * What each of these sessions uses now; no entry for one that has no process, and none at all
   * where there is no /proc (macOS).
   *
   * @param leaders the pids of their first processes
   */
  public static Map<Long, Usage> ofSessions(Collection<Long> leaders) {
    var wanted = Set.copyOf(leaders);
    var usages = new HashMap<Long, Usage>();
    if (wanted.isEmpty()) return usages;
    for (String pid : ProcessTable.pids()) {
      long leader = leader(pid, wanted);
      Usage usage = leader == NONE ? null : read(pid);
      if (usage != null) usages.merge(leader, usage, Usage::plus);
    }
    return usages;
  }

  private Usage plus(Usage other) {
    return new Usage(cpu.plus(other.cpu), bytes + other.bytes);
  }

  /** Which of them it belongs to. */
  private static long leader(String pid, Set<Long> wanted) {
    String[] fields = ProcessTable.fields(pid, 5);
    if (fields == null) return NONE;
    long group = Long.parseLong(fields[2]);
    long session = Long.parseLong(fields[3]);
    if (wanted.contains(session)) return session;
    return wanted.contains(group) ? group : NONE;
  }

  private static @Nullable Usage read(String pid) {
    String[] fields = ProcessTable.fields(pid, 0);
    if (fields == null) return null;
    long ticks = 0;
    for (int i = 11; i <= 14; i++) ticks += Long.parseLong(fields[i]);
    long resident = Long.parseLong(fields[21]) * PAGE;
    return new Usage(Duration.ofMillis(ticks * TICK_MS), memory(PROC.resolve(pid), resident));
  }

  /** Its share of what it has in memory; all of it where that is unknown. */
  private static long memory(Path folder, long resident) {
    try {
      for (String line : Files.readAllLines(folder.resolve("smaps_rollup"))) {
        if (line.startsWith("Pss:")) return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    } catch (IOException | RuntimeException _) {
      // Another user's, or an old kernel.
    }
    return resident;
  }
}
