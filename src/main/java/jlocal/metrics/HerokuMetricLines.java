package jlocal.metrics;

import java.util.List;
import java.util.Locale;
import jlocal.os.ResourceUsage;
import jlocal.process.InstanceSnapshot;
import org.jspecify.annotations.Nullable;

/** The log lines that Heroku writes about the memory and load of a dyno. Pure. */
final class HerokuMetricLines {
  private static final double MB = 1 << 20;

  private HerokuMetricLines() {}

  /** Returns the memory that counts for a quota. */
  static long memory(ResourceUsage usage) {
    return usage.bytes() + usage.swap();
  }

  /** Returns the lines for an instance over its quota; empty if it is not. */
  static List<String> overQuota(InstanceSnapshot instance, ResourceUsage usage, MemoryQuota quota) {
    long used = memory(usage);
    String prefix = instance.name() + ": ";
    String memory =
        String.format(
            Locale.ROOT,
            "%sProcess running mem=%dM(%.1f%%)",
            prefix,
            (long) (used / MB),
            100.0 * used / quota.bytes());
    return switch (quota.level(used)) {
      case WITHIN -> List.of();
      case R14 -> List.of(memory, prefix + "Error R14 (Memory quota exceeded)");
      case R15 ->
          List.of(
              memory,
              prefix + "Error R15 (Memory quota vastly exceeded)",
              prefix + "Stopping process with SIGKILL");
    };
  }

  /** Returns the lines of log-runtime-metrics. */
  static List<String> metrics(
      InstanceSnapshot instance,
      String dyno,
      ResourceUsage usage,
      LoadAverage load,
      @Nullable MemoryQuota quota) {
    String source = "source=" + instance.name() + " dyno=" + dyno;
    long pages = usage.bytes() / ResourceUsage.PAGE;
    String memory =
        String.format(
            Locale.ROOT,
            " sample#memory_total=%.2fMB sample#memory_rss=%.2fMB sample#memory_cache=0.00MB"
                + " sample#memory_swap=%.2fMB sample#memory_pgpgin=%dpages"
                + " sample#memory_pgpgout=%dpages",
            memory(usage) / MB,
            usage.bytes() / MB,
            usage.swap() / MB,
            usage.faults(),
            Math.max(0, usage.faults() - pages));
    if (quota != null)
      memory += String.format(Locale.ROOT, " sample#memory_quota=%.2fMB", quota.bytes() / MB);
    String loads =
        String.format(
            Locale.ROOT,
            " sample#load_avg_1m=%.2f sample#load_avg_5m=%.2f sample#load_avg_15m=%.2f",
            load.oneMinute(),
            load.fiveMinutes(),
            load.fifteenMinutes());
    return List.of(source + loads, source + memory);
  }
}
