package jlocal.app;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import jlocal.control.InstanceStatus;
import jlocal.formation.Formation;
import jlocal.formation.InstanceName;
import jlocal.formation.ProcessSpec;
import jlocal.os.ListeningProcesses;
import jlocal.os.ResourceUsage;
import jlocal.process.InstanceSnapshot;
import jlocal.process.InstanceSnapshots;
import jlocal.process.ProcessEvent;
import jlocal.process.ProcessState;
import org.jspecify.annotations.Nullable;

/**
 * The output of {@code ps}. CPU is measured since the last {@code ps} if that was 0.5 to 10 s ago,
 * else since the start of the process.
 */
final class StatusView {
  private static final Duration MIN_SAMPLE_AGE = Duration.ofMillis(500);
  private static final Duration MAX_SAMPLE_AGE = Duration.ofSeconds(10);

  private final InstanceSnapshots snapshots;
  private final RouterLifecycle router;
  private final FailureLog failures;
  private final Map<Long, Sample> samples = new HashMap<>();

  private record Sample(long at, ResourceUsage usage) {}

  StatusView(InstanceSnapshots snapshots, RouterLifecycle router, FailureLog failures) {
    this.snapshots = snapshots;
    this.router = router;
    this.failures = failures;
  }

  /** Returns all instances of the formation, and those leaving it. */
  synchronized List<InstanceStatus> of(Formation formation, boolean withDetails) {
    var shown = new LinkedHashMap<InstanceName, InstanceSnapshot>();
    formation.specs().keySet().forEach(name -> shown.put(name, snapshots.of(name)));
    for (InstanceSnapshot each : snapshots.all()) {
      if (each.state().isAlive()) shown.putIfAbsent(each.name(), each);
    }
    var pids =
        shown.values().stream()
            .map(InstanceSnapshot::pid)
            .filter(pid -> pid > 0)
            .collect(Collectors.toSet());
    Map<Long, ResourceUsage> usages = ResourceUsage.ofSessions(pids);
    samples.keySet().retainAll(pids);
    LongFunction<ListeningProcesses.Tree> opened = withDetails ? ListeningProcesses.trees() : null;
    return shown.values().stream()
        .map(it -> {
          var details = opened == null ? null : details(it, opened);
          return status(it, port(it, formation), usages.get(it.pid()), details);
        })
        .toList();
  }

  private InstanceStatus.Details details(
      InstanceSnapshot it, LongFunction<ListeningProcesses.Tree> opened) {
    var ports = it.pid() == 0 ? new TreeSet<Integer>() : opened.apply(it.pid()).ports();
    if (it.listensOn() != 0) ports.add(it.listensOn()); // Not every system reports the other ports.
    boolean isReady = StartOutcome.isReady(it);
    String url = isReady && !ports.isEmpty() ? router.url(it.name().type(), ports.first()) : "";
    List<String> lines = it.lastEnd() == null ? List.of() : failures.lastLines(it.name());
    return new InstanceStatus.Details(isReady, List.copyOf(ports), url, lines);
  }

  private static int port(InstanceSnapshot it, Formation formation) {
    ProcessSpec spec = formation.specs().get(it.name());
    return spec == null || it.listensOn() != 0 ? it.servedPort() : spec.port();
  }

  private InstanceStatus status(
      InstanceSnapshot it,
      int port,
      @Nullable ResourceUsage usage,
      InstanceStatus.@Nullable Details details) {
    long pid = it.pid();
    long now = System.nanoTime();
    boolean isIdle = it.state() instanceof ProcessState.Down && router.asleep().has(it.name());
    return new InstanceStatus(
        it.name().toString(),
        isIdle ? "idle" : it.state().word(),
        pid,
        port,
        pid == 0 ? -1 : Duration.ofNanos(now - it.startedAt()).toMillis(),
        it.restarts(),
        it.orderedRestarts(),
        OrderReport.known(it),
        lastEnd(it.lastEnd()),
        usage == null ? -1 : cpu(pid, usage, it.startedAt(), now),
        usage == null ? -1 : usage.bytes(),
        details);
  }

  private static String lastEnd(@Nullable ProcessEvent end) {
    return switch (end) {
      case ProcessEvent.Exited exited -> exited.status().sentence();
      case ProcessEvent.NotStarted failed -> "not started: " + failed.why();
      case null, default -> "";
    };
  }

  /** Returns the usage in per cent of one processor, to a tenth. */
  private double cpu(long pid, ResourceUsage usage, long startedAt, long now) {
    Sample last = samples.get(pid);
    var start = new Sample(startedAt, ResourceUsage.NONE);
    boolean tooOld = last == null || now - last.at > MAX_SAMPLE_AGE.toNanos();
    boolean tooNew = last != null && now - last.at < MIN_SAMPLE_AGE.toNanos();
    if (!tooNew) samples.put(pid, new Sample(now, usage));
    Sample from = last == null || tooOld || tooNew ? start : last;
    Duration used = usage.cpu().minus(from.usage.cpu());
    long span = Math.max(1, now - from.at);
    return Math.max(0, Math.round(used.toNanos() * 1000.0 / span) / 10.0);
  }
}
