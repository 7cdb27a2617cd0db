package jlocal.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import jlocal.app.RunningApp;
import jlocal.control.Request;
import jlocal.os.ResourceUsage;
import jlocal.os.Threads;
import jlocal.process.InstanceSnapshot;
import jlocal.process.ProcessState;
import org.jspecify.annotations.Nullable;

/**
 * Measures the processes of a running app periodically, logs Heroku's lines about them, and
 * restarts those that use far more memory than their quota.
 */
public final class Metrics {
  /** The number of checks for R15 per report. */
  private static final int CHECKS_PER_REPORT = 4;

  private final Plan plan;
  private final RunningApp app;
  private Map<Long, Measured> processes = new HashMap<>();
  private Map<String, MemoryQuota> quotas = Map.of();
  private int checks;

  /**
   * What to measure.
   *
   * @param quotas supplies the current quotas by process type; {@code ""} for those not named
   * @param isLogged whether to log the metrics of all instances
   * @param interval between two reports; Heroku's is 20 s
   */
  public record Plan(
      Supplier<Map<String, MemoryQuota>> quotas, boolean isLogged, Duration interval) {}

  private @Nullable MemoryQuota quota(InstanceSnapshot instance) {
    MemoryQuota own = quotas.get(instance.name().type().name());
    return own == null ? quotas.get("") : own;
  }

  /** The last measurement of an instance's process. */
  private record Measured(String dyno, long at, ResourceUsage usage, LoadAverage load) {
    Measured after(ResourceUsage now, long nanos) {
      var busy = now.cpu().minus(usage.cpu());
      return new Measured(dyno, nanos, now, load.after(Duration.ofNanos(nanos - at), busy));
    }
  }

  private Metrics(Plan plan, RunningApp app) {
    this.plan = plan;
    this.app = app;
  }

  /** Measures on a thread of its own, for as long as the app runs. */
  public static void start(Plan plan, RunningApp app) {
    var metrics = new Metrics(plan, app);
    long pause = plan.interval.toNanos() / CHECKS_PER_REPORT;
    Runnable check = () -> Threads.guarded(metrics::check);
    var _ =
        Threads.scheduler("metrics").scheduleAtFixedRate(check, pause, pause, TimeUnit.NANOSECONDS);
  }

  private void check() {
    checks++;
    measure(checks % CHECKS_PER_REPORT == 0);
  }

  private void measure(boolean isReport) {
    quotas = plan.quotas.get();
    var running = new ArrayList<InstanceSnapshot>();
    for (InstanceSnapshot each : app.instances().all()) {
      ProcessState state = each.state();
      boolean runs = state instanceof ProcessState.Starting || state instanceof ProcessState.Up;
      if (runs && (plan.isLogged || quota(each) != null)) running.add(each);
    }
    Map<Long, ResourceUsage> usages =
        ResourceUsage.ofSessions(running.stream().map(InstanceSnapshot::pid).distinct().toList());
    long now = System.nanoTime();
    var measured = new HashMap<Long, Measured>();
    for (InstanceSnapshot each : running) {
      ResourceUsage usage = usages.get(each.pid());
      if (usage == null) continue;
      Measured before = processes.get(each.pid());
      if (before == null)
        before = new Measured(dyno(each), each.startedAt(), ResourceUsage.NONE, LoadAverage.NONE);
      Measured process = before.after(usage, now);
      measured.put(each.pid(), process);
      report(each, process, isReport);
    }
    processes = measured;
  }

  private void report(InstanceSnapshot instance, Measured process, boolean isReport) {
    MemoryQuota quota = quota(instance);
    if (isReport && plan.isLogged) {
      var lines =
          HerokuMetricLines.metrics(instance, process.dyno, process.usage, process.load, quota);
      lines.forEach(app.say());
    }
    if (quota == null) return;
    boolean isVast = quota.level(HerokuMetricLines.memory(process.usage)) == MemoryQuota.Level.R15;
    if (!isReport && !isVast) return;
    HerokuMetricLines.overQuota(instance, process.usage, quota).forEach(app.say());
    if (!isVast) return;
    var names = List.of(instance.name().toString());
    var _ = app.orders().answer(Request.of("restart", "names", names, "kill", true));
  }

  /** Returns a process name like Heroku's, made of an app and a UUID. */
  private static String dyno(InstanceSnapshot instance) {
    String unique = instance.name() + " " + instance.pid() + " " + instance.startedAt();
    long app = ProcessHandle.current().pid();
    return "heroku.%d.%s".formatted(app, UUID.nameUUIDFromBytes(unique.getBytes(UTF_8)));
  }
}
