package jlocal.metrics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import jlocal.Await;
import jlocal.app.RunningApp;
import jlocal.config.ConfigVars;
import jlocal.control.Reply;
import jlocal.control.Request;
import jlocal.control.RequestHandler;
import jlocal.formation.AppDefinition;
import jlocal.formation.InstanceName;
import jlocal.logs.LogHistory;
import jlocal.process.InstanceSnapshot;
import jlocal.process.InstanceSnapshots;
import jlocal.process.ProcessState;
import jlocal.procfile.ProcessType;
import jlocal.router.Traffic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Measures real processes. */
@EnabledOnOs(OS.LINUX)
class MetricsIT {
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final Queue<Request> orders = new ConcurrentLinkedQueue<>();
  private final InstanceSnapshots snapshots = new InstanceSnapshots();
  private final Queue<Process> started = new ConcurrentLinkedQueue<>();

  private final RequestHandler handler =
      new RequestHandler() {
        @Override
        public Reply answer(Request request) {
          orders.add(request);
          return new Reply.Done(List.of());
        }

        @Override
        public Reply ended() {
          return new Reply.Done(List.of());
        }
      };

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  /** Starts an instance of this type whose process has allocated this much. */
  private void run(String type, int megabytes) throws Exception {
    String program = "data = bytearray(b'x') * (%d << 20); input()".formatted(megabytes);
    Process process = new ProcessBuilder("setsid", "python3", "-c", program).start();
    started.add(process);
    var name = new InstanceName(new ProcessType(type), 1);
    var state = new ProcessState.Up(process.pid());
    snapshots.publish(
        new InstanceSnapshot(
            name, 5000, true, 1, state, System.nanoTime(), 0, null, 0, null, null, 0));
  }

  private void start(Map<String, MemoryQuota> quotas, boolean isLogged) {
    Supplier<AppDefinition> definition = () -> fail("only measured");
    var inside =
        new RunningApp.Inside(
            new LogHistory(1),
            definition,
            () -> ConfigVars.NONE,
            (_, _) -> {},
            _ -> {},
            _ -> {},
            _ -> {});
    var app = new RunningApp(handler, log::add, snapshots, () -> Traffic.NONE, inside);
    var plan = new Metrics.Plan(() -> quotas, isLogged, Duration.ofMillis(400));
    Metrics.start(plan, app);
  }

  private void awaitLine(String regex, int times) {
    var pattern = Pattern.compile(regex);
    Await.until(
        regex,
        () -> log.stream().filter(line -> pattern.matcher(line).matches()).count() >= times,
        () -> log);
  }

  private static MemoryQuota quota(String size) {
    return requireNonNull(MemoryQuota.of(size));
  }

  @Test
  void a_process_over_its_quota_is_reported_periodically_and_keeps_running() throws Exception {
    run("web", 60);
    run("small", 1);
    start(Map.of("web", quota("50M"), "small", quota("500M")), false);
    awaitLine("web\\.1: Process running mem=[67]\\dM\\(1\\d\\d\\.\\d%\\)", 2);
    awaitLine("web\\.1: Error R14 \\(Memory quota exceeded\\)", 2);
    assertThat(log).allMatch(line -> line.startsWith("web.1: "));
    assertThat(orders).isEmpty();
  }

  @Test
  void a_process_over_twice_its_quota_is_killed_and_restarted() throws Exception {
    run("worker", 60);
    start(Map.of("", quota("20M")), false);
    awaitLine("worker\\.1: Process running mem=\\d+M\\(3\\d\\d\\.\\d%\\)", 1);
    awaitLine("worker\\.1: Error R15 \\(Memory quota vastly exceeded\\)", 1);
    awaitLine("worker\\.1: Stopping process with SIGKILL", 1);
    Await.until("it is restarted", () -> !orders.isEmpty(), () -> log);
    assertThat(orders.peek())
        .isEqualTo(Request.of("restart", "names", List.of("worker.1"), "kill", true));
  }

  @Test
  void metrics_of_all_running_instances_are_logged() throws Exception {
    run("web", 60);
    run("worker", 1);
    start(Map.of(), true);
    String source = "source=web\\.1 dyno=heroku\\.\\d+\\.[0-9a-f-]{36} ";
    awaitLine(
        source
            + "sample#memory_total=[67]\\d\\.\\d\\dMB sample#memory_rss=[67]\\d\\.\\d\\dMB"
            + " sample#memory_cache=0\\.00MB sample#memory_swap=\\d+\\.\\d\\dMB"
            + " sample#memory_pgpgin=\\d+pages sample#memory_pgpgout=\\d+pages",
        2);
    awaitLine(
        source
            + "sample#load_avg_1m=0\\.\\d\\d sample#load_avg_5m=0\\.\\d\\d"
            + " sample#load_avg_15m=0\\.\\d\\d",
        2);
    awaitLine("source=worker\\.1 .* sample#memory_total=.*", 1);
    snapshots.all().forEach(this::stopped);
    log.clear();
    run("other", 1);
    awaitLine("source=other\\.1 .* sample#memory_total=.*", 2);
    assertThat(log.stream().skip(4)).noneMatch(line -> line.contains("web.1"));
  }

  private void stopped(InstanceSnapshot it) {
    snapshots.publish(InstanceSnapshot.unknown(it.name()));
  }
}
