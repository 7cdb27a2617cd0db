package jlocal.os;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The resource usage of a process, its descendants and the rest of its session; proc(5). On macOS,
 * that of its process group from ps(1), which counts shared memory for each process.
 *
 * @param cpu the CPU time used so far, including ended children
 * @param bytes the memory; shared memory is counted once
 * @param swap swapped-out bytes, counted likewise
 * @param faults the number of page faults so far
 */
public record ResourceUsage(Duration cpu, long bytes, long swap, long faults) {
  public static final ResourceUsage NONE = new ResourceUsage(Duration.ZERO, 0, 0, 0);

  /** The page size, for kernels that do not report shared memory. */
  public static final long PAGE = 4096;

  private static final long TICK_MS = 10;
  private static final Duration PS_TIMEOUT = Duration.ofSeconds(5);

  /**
   * Returns the current usage of sessions; no entry for those without processes.
   *
   * @param leaders the pids of their first processes
   */
  public static Map<Long, ResourceUsage> ofSessions(Collection<Long> leaders) {
    if (leaders.isEmpty()) return Map.of();
    var wanted = Set.copyOf(leaders);
    if (Machine.isMac()) return ofGroups(wanted, ps());
    Map<Long, ProcFs.Stat> all =
        ProcFs.processes().stream()
            .collect(Collectors.toMap(ProcFs.Stat::pid, Function.identity(), (one, _) -> one));
    var usages = new HashMap<Long, ResourceUsage>();
    for (ProcFs.Stat process : all.values()) {
      long leader = leader(process, all, wanted);
      if (leader > 0) usages.merge(leader, of(process), ResourceUsage::plus);
    }
    return usages;
  }

  /**
   * Returns the leader that a process counts for: PostgreSQL, for example, creates a session for
   * each of its children.
   */
  private static long leader(ProcFs.Stat process, Map<Long, ProcFs.Stat> all, Set<Long> wanted) {
    ProcFs.@Nullable Stat each = process;
    for (int depth = 0; each != null && depth < all.size(); depth++) {
      if (wanted.contains(each.session())) return each.session();
      if (wanted.contains(each.group())) return each.group();
      each = all.get(each.parent());
    }
    return 0;
  }

  private ResourceUsage plus(ResourceUsage other) {
    return new ResourceUsage(
        cpu.plus(other.cpu), bytes + other.bytes, swap + other.swap, faults + other.faults);
  }

  /**
   * Counts its share of shared memory; all of it if the share is unknown: another user's process,
   * an old kernel.
   */
  private static ResourceUsage of(ProcFs.Stat process) {
    String shares = ProcFs.read(process.pid() + "/smaps_rollup");
    long share = kilobytes(shares, "Pss:");
    return new ResourceUsage(
        Duration.ofMillis(process.cpuTicks() * TICK_MS),
        share < 0 ? process.residentPages() * PAGE : share * 1024,
        Math.max(0, kilobytes(shares, "SwapPss:")) * 1024,
        process.faults());
  }

  private static long kilobytes(String shares, String name) {
    return shares
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElse(-1);
  }

  private static String ps() {
    try {
      return Helper.run(List.of("ps", "-A", "-o", "pgid=,rss=,time="), Map.of(), PS_TIMEOUT)
          .output();
    } catch (IOException _) {
      return "";
    }
  }

  /**
   * Parses a list of all processes for these groups.
   *
   * @param ps a line for each process: its group, kilobytes, and CPU time such as {@code 1:02.50}
   *     or {@code 2-03:04:05}
   */
  static Map<Long, ResourceUsage> ofGroups(Set<Long> leaders, String ps) {
    var usages = new HashMap<Long, ResourceUsage>();
    for (String line : ps.lines().toList()) {
      String[] words = line.strip().split(" +", 3);
      if (words.length < 3 || !words[0].matches("[0-9]{1,18}")) continue;
      long group = Long.parseLong(words[0]);
      if (!leaders.contains(group)) continue;
      var one = new ResourceUsage(time(words[2]), Long.parseLong(words[1]) * 1024, 0, 0);
      usages.merge(group, one, ResourceUsage::plus);
    }
    return usages;
  }

  private static Duration time(String text) {
    String[] parts = text.split("[-:]", -1);
    double seconds = 0;
    for (int i = 0; i < parts.length; i++) {
      boolean afterDays = i == 1 && text.contains("-");
      seconds = seconds * (afterDays ? 24 : 60) + Double.parseDouble(parts[i]);
    }
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
