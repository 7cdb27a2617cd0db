package jlocal.dashboard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jlocal.control.InstanceStatus;
import jlocal.json.JsonFields;
import jlocal.router.HandledRequest;

/** The last hour in steps of ten seconds: requests, and the resource usage of processes. */
final class Charts implements HandledRequest.Observer {
  private static final int STEPS = 360;
  private static final long STEP_MILLIS = 10_000;
  private static final int CLASSES = 5;

  /** The number of duration bins: four for each power of two, up to 18 hours. */
  private static final int BINS = 104;

  private static final double BINS_OF_DOUBLE = 4;
  private static final int MOST_PROCESSES = 1_000;
  private static final int SHOWN_PROCESSES = 8;

  private final int[][] classes = new int[STEPS][CLASSES];
  private final int[][] durations = new int[STEPS][BINS];
  private final Map<String, float[][]> processes = new LinkedHashMap<>();
  private long newest = System.currentTimeMillis() / STEP_MILLIS;

  @Override
  public void saw(HandledRequest it) {
    if (!it.isOpen()) request(it.status(), TimeUnit.NANOSECONDS.toMillis(it.duration()));
  }

  /** Counts a request that ended with this status after this time. */
  private synchronized void request(int status, long millis) {
    int step = step();
    classes[step][Math.clamp(status / 100 - 1, 0, CLASSES - 1)]++;
    durations[step][bin(millis)]++;
  }

  /** Records the current usage of the processes. */
  synchronized void sample(List<InstanceStatus> all) {
    int step = step();
    for (InstanceStatus each : all) {
      if (processes.size() >= MOST_PROCESSES && !processes.containsKey(each.name())) continue;
      float[][] values = processes.computeIfAbsent(each.name(), _ -> empty());
      values[0][step] = (float) each.cpu();
      values[1][step] = each.memory();
    }
  }

  private static float[][] empty() {
    var values = new float[2][STEPS];
    for (float[] each : values) Arrays.fill(each, -1);
    return values;
  }

  /** Returns the current step, and clears the steps skipped since the last one. */
  private int step() {
    long now = System.currentTimeMillis() / STEP_MILLIS;
    for (long step = Math.max(newest + 1, now - STEPS + 1); step <= now; step++) {
      int cleared = (int) (step % STEPS);
      Arrays.fill(classes[cleared], 0);
      Arrays.fill(durations[cleared], 0);
      for (float[][] values : processes.values()) values[0][cleared] = values[1][cleared] = -1;
      processes.values().removeIf(values -> isEmpty(values[1]));
    }
    newest = Math.max(newest, now);
    return (int) (newest % STEPS);
  }

  private static boolean isEmpty(float[] values) {
    for (float value : values) if (value >= 0) return false;
    return true;
  }

  private static int bin(long millis) {
    double power = Math.log(millis + 1.0) / Math.log(2);
    return (int) Math.min(BINS - 1, Math.ceil(power * BINS_OF_DOUBLE));
  }

  /**
   * Returns all steps, the oldest first.
   *
   * @param shown names of processes or types; empty for those that use the most memory
   */
  synchronized JsonFields json(List<String> shown) {
    int now = step();
    var steps = new ArrayList<Integer>();
    for (int i = 1; i <= STEPS; i++) steps.add((now + i) % STEPS);
    var used = new ArrayList<JsonFields>();
    processes.entrySet().stream()
        .filter(it -> shown.isEmpty() || shown.contains(it.getKey()) || shown.contains(type(it)))
        .sorted(Comparator.comparingDouble(it -> -it.getValue()[1][now]))
        .limit(SHOWN_PROCESSES)
        .forEach(it -> {
          float[][] values = it.getValue();
          var cpu = steps.stream().map(step -> values[0][step]).toList();
          var memory = steps.stream().map(step -> (long) values[1][step]).toList();
          used.add(JsonFields.of("name", it.getKey(), "cpu", cpu, "memory", memory));
        });
    return JsonFields.of(
        "step",
        STEP_MILLIS,
        "end",
        (newest + 1) * STEP_MILLIS,
        "classes",
        steps.stream().map(step -> Arrays.stream(classes[step]).boxed().toList()).toList(),
        "p50",
        steps.stream().map(step -> percentile(durations[step], 0.5)).toList(),
        "p95",
        steps.stream().map(step -> percentile(durations[step], 0.95)).toList(),
        "processes",
        used);
  }

  private static String type(Map.Entry<String, float[][]> process) {
    return process.getKey().replaceFirst("\\.[0-9]+$", "");
  }

  /** Returns a percentile in milliseconds, to within a fifth; -1 without requests. */
  private static long percentile(int[] bins, double part) {
    int all = Arrays.stream(bins).sum();
    if (all == 0) return -1;
    double wanted = all * part;
    int seen = 0;
    for (int bin = 0; bin < BINS; bin++) {
      seen += bins[bin];
      if (seen >= wanted) return Math.round(Math.pow(2, bin / BINS_OF_DOUBLE) - 1);
    }
    return -1;
  }
}
