package jlocal.app;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jlocal.control.InstanceStatus;
import jlocal.formation.Formation;
import jlocal.formation.InstanceName;
import jlocal.formation.ProcessSpec;
import jlocal.os.Usage;
import jlocal.process.ProcessState;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ps} shows. How busy a process is, is told over the time since somebody last looked,
 * where that is not long ago, else over its whole life.
 */
final class StatusBoard {
  private static final Duration SHORTEST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Roster roster;
  private final Map<Long, Look> looks = new HashMap<>();

  private record Look(long at, Usage usage) {}

  StatusBoard(Roster roster) {
    this.roster = roster;
  }

  /** All instances of the formation, and those that are leaving it. */
  synchronized List<InstanceStatus> of(Formation formation) {
    var names = new LinkedHashSet<>(formation.specs().keySet());
    names.addAll(roster.alive());
    var standings = names.stream().collect(Collectors.toMap(name -> name, roster::of, (a, _) -> a));
    var pids =
        standings.values().stream()
            .map(standing -> pid(standing.state()))
            .filter(pid -> pid > 0)
            .collect(Collectors.toSet());
    long now = System.nanoTime();
    Map<Long, Usage> usages = Usage.ofSessions(pids);
    forgetOthers(pids);
    return names.stream()
        .map(name -> {
          Standing it = standings.getOrDefault(name, Standing.UNBORN);
          return status(name, port(name, it, formation), it, usages.get(pid(it.state())), now);
        })
        .toList();
  }

  private static int port(InstanceName name, Standing it, Formation formation) {
    ProcessSpec spec = formation.specs().get(name);
    return spec == null ? it.port() : spec.port();
  }

  private InstanceStatus status(
      InstanceName name, int port, Standing it, @Nullable Usage usage, long now) {
    long pid = pid(it.state());
    return new InstanceStatus(
        name.toString(),
        it.state().word(),
        pid,
        port,
        pid == 0 ? -1 : Duration.ofNanos(now - it.startedAt()).toMillis(),
        it.restarts(),
        Math.max(0, it.lives() - 1 - it.restarts()),
        it.lastExit(),
        usage == null ? -1 : cpu(pid, usage, it.startedAt(), now),
        usage == null ? -1 : usage.bytes());
  }

  /** Per cent of one processor, to a tenth. */
  private double cpu(long pid, Usage usage, long startedAt, long now) {
    Look last = looks.get(pid);
    var birth = new Look(startedAt, new Usage(Duration.ZERO, 0));
    boolean longAgo = last == null || now - last.at > LONGEST.toNanos();
    boolean justNow = last != null && now - last.at < SHORTEST.toNanos();
    if (!justNow) looks.put(pid, new Look(now, usage));
    Look from = last == null || longAgo || justNow ? birth : last;
    Duration used = usage.cpu().minus(from.usage.cpu());
    long span = Math.max(1, now - from.at);
    return Math.max(0, Math.round(used.toNanos() * 1000.0 / span) / 10.0);
  }

  private void forgetOthers(Set<Long> pids) {
    looks.keySet().retainAll(pids);
  }

  private static long pid(ProcessState state) {
    return switch (state) {
      case ProcessState.Starting(var pid) -> pid;
      case ProcessState.Up(var pid) -> pid;
      case ProcessState.LeaderExited(var pid, _, _) -> pid;
      case ProcessState.Stopping(var pid, _) -> pid;
      case ProcessState.Down _,
          ProcessState.Spawning _,
          ProcessState.Backoff _,
          ProcessState.Ended _ ->
          0;
    };
  }
}
