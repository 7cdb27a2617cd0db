package jlocal.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
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
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path folder : folders) {
        Member member = read(folder, wanted);
        if (member != null) usages.merge(member.leader, member.usage, Usage::plus);
      }
    } catch (IOException _) {
      return Map.of();
    }
    return usages;
  }

  private record Member(long leader, Usage usage) {}

  private Usage plus(Usage other) {
    return new Usage(cpu.plus(other.cpu), bytes + other.bytes);
  }

  private static @Nullable Member read(Path folder, Set<Long> wanted) {
    try {
      String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long group = Long.parseLong(fields[2]);
      long session = Long.parseLong(fields[3]);
      long leader = wanted.contains(session) ? session : group;
      if (!wanted.contains(leader)) return null;
      long ticks = 0;
      for (int i = 11; i <= 14; i++) ticks += Long.parseLong(fields[i]);
      long resident = Long.parseLong(fields[21]) * PAGE;
      return new Member(
          leader, new Usage(Duration.ofMillis(ticks * TICK_MS), memory(folder, resident)));
    } catch (IOException | RuntimeException _) {
      return null; // It ended while we looked.
    }
  }

  /** Its share of what it has in memory; all of it where the system does not tell. */
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
