package jlocal.metrics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import jlocal.formation.InstanceName;
import jlocal.os.ResourceUsage;
import jlocal.process.InstanceSnapshot;
import jlocal.procfile.ProcessType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares with lines that Heroku has written. */
class HerokuMetricLinesTest {
  private static final InstanceSnapshot WEB =
      InstanceSnapshot.unknown(new InstanceName(ProcessType.WEB, 1));
  private static final MemoryQuota ECO = requireNonNull(MemoryQuota.of("eco"));
  private static final double MB = 1 << 20;

  private static ResourceUsage usage(double resident, double swapped) {
    return new ResourceUsage(
        Duration.ZERO, Math.round(resident * MB), Math.round(swapped * MB), 604_160);
  }

  @ParameterizedTest
  @CsvSource({
    "512.00, 0, ''",
    "627.99, 0, mem=627M(122.7%) Error R14 (Memory quota exceeded)",
    "512.00, 698.76, 'mem=1210M(236.5%) Error R15 (Memory quota vastly exceeded)'",
    "1024.00, 0, mem=1024M(200.0%) Error R14 (Memory quota exceeded)",
    "1214.00, 0, mem=1214M(237.1%) Error R15 (Memory quota vastly exceeded)"
  })
  void memory_over_the_quota_is_R14_and_over_the_limit_R15(
      double resident, double swapped, String expected) {
    var lines = HerokuMetricLines.overQuota(WEB, usage(resident, swapped), ECO);
    String all = String.join("\n", lines);
    String wanted =
        expected.replace("mem=", "web.1: Process running mem=").replace(" Error", "\nweb.1: Error");
    if (expected.contains("R15")) wanted += "\nweb.1: Stopping process with SIGKILL";
    assertThat(all).isEqualTo(wanted);
  }

  @Test
  void metrics_have_the_form_of_log_runtime_metrics() {
    String dyno = "heroku.2808254.d97d0ea7-cf3d-411b-b453-d2943a50b456";
    var load = new LoadAverage(2.46, 1.06, 0.99);
    assertThat(HerokuMetricLines.metrics(WEB, dyno, usage(512, 698.76), load, ECO))
        .containsExactly(
            "source=web.1 dyno="
                + dyno
                + " sample#load_avg_1m=2.46 sample#load_avg_5m=1.06 sample#load_avg_15m=0.99",
            "source=web.1 dyno="
                + dyno
                + " sample#memory_total=1210.76MB sample#memory_rss=512.00MB"
                + " sample#memory_cache=0.00MB sample#memory_swap=698.76MB"
                + " sample#memory_pgpgin=604160pages sample#memory_pgpgout=473088pages"
                + " sample#memory_quota=512.00MB");
    assertThat(HerokuMetricLines.metrics(WEB, dyno, usage(1, 0), load, null).getLast())
        .endsWith("pgpgout=603904pages");
  }

  @Test
  void a_load_average_approaches_the_number_of_busy_cpus() {
    LoadAverage load = LoadAverage.NONE;
    for (int i = 0; i < 12; i++) load = load.after(Duration.ofSeconds(5), Duration.ofSeconds(10));
    assertThat(load.oneMinute()).isCloseTo(2 * (1 - Math.exp(-1)), within(0.001));
    assertThat(load.fiveMinutes()).isCloseTo(2 * (1 - Math.exp(-0.2)), within(0.001));
    assertThat(load.fifteenMinutes()).isLessThan(load.fiveMinutes());
    assertThat(load.after(Duration.ofHours(9), Duration.ZERO).fifteenMinutes()).isLessThan(0.001);
    assertThat(LoadAverage.NONE.after(Duration.ZERO, Duration.ofMillis(-5)))
        .isEqualTo(LoadAverage.NONE);
  }
}
