package jlocal.os;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the processes of a session use together; proc(5).
 *
 * @param cpu the processor time they have used so far, children that have ended included
 * @param bytes the memory they have; what processes share is counted once among them
 */
public record Usage(Duration cpu, long bytes) {
  private static final long TICK_MS = 10;
  private static final long PAGE = 4096;

  /**
   * What each of these sessions uses now; no entry for one that has no process, and none at all
   * where there is no /proc (macOS).
   *
   * @param leaders the pids of their first processes
   */
  public static Map<Long, Usage> ofSessions(Collection<Long> leaders) {
    var usages = new HashMap<Long, Usage>();
    if (leaders.isEmpty()) return usages;
    var wanted = Set.copyOf(leaders);
    for (ProcFs.Stat process : ProcFs.processes()) {
      long leader = wanted.contains(process.session()) ? process.session() : process.group();
      if (wanted.contains(leader)) usages.merge(leader, of(process), Usage::plus);
    }
    return usages;
  }

  private Usage plus(Usage other) {
    return new Usage(cpu.plus(other.cpu), bytes + other.bytes);
  }

  /** With its share of the memory; all it has where that is unknown: another user's, old kernel. */
  private static Usage of(ProcFs.Stat process) {
    String share = ProcFs.field(process.pid() + "/smaps_rollup", "Pss:").replaceAll("[^0-9]", "");
    long bytes = share.isEmpty() ? process.residentPages() * PAGE : Long.parseLong(share) * 1024;
    return new Usage(Duration.ofMillis(process.cpuTicks() * TICK_MS), bytes);
  }
}
