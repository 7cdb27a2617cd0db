package jlocal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jlocal.formation.InstanceName;
import jlocal.os.ExitStatus;
import jlocal.process.InstanceSnapshot;
import jlocal.process.ProcessEvent;
import jlocal.process.ProcessState;
import jlocal.process.ProcessState.StopSignal;
import jlocal.procfile.ProcessType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SleepingInstancesTest {
  private static final ExitStatus CLEAN = new ExitStatus.Code(0);
  private static final ExitStatus FAILED = new ExitStatus.Code(1);

  private static final Map<String, ProcessState> STATES =
      new TreeMap<>(
          Map.of(
              "down", new ProcessState.Down(),
              "waiting", new ProcessState.Waiting(),
              "spawning", new ProcessState.Spawning(),
              "starting", new ProcessState.Starting(7),
              "up", new ProcessState.Up(7),
              "stopping", new ProcessState.Stopping(7, StopSignal.TERM),
              "backoff", new ProcessState.Backoff(FAILED),
              "exited", new ProcessState.LeaderExited(7, CLEAN, StopSignal.NONE),
              "crashed", new ProcessState.LeaderExited(7, FAILED, StopSignal.NONE),
              "ended", new ProcessState.Ended(CLEAN)));

  private static ProcessState state(String word) {
    return Objects.requireNonNull(STATES.get(word), word);
  }

  private static InstanceName name(String name) {
    String[] parts = name.split("\\.", -1);
    return new InstanceName(new ProcessType(parts[0]), Integer.parseInt(parts[1]));
  }

  /** {@code web.1=up}; {@code !} marks an instance that is not wanted. */
  private static InstanceSnapshot snapshot(String text) {
    String[] parts = text.split("=", -1);
    boolean isWanted = !parts[1].startsWith("!");
    var state = state(parts[1].replace("!", ""));
    return new InstanceSnapshot(
        name(parts[0]), 5000, isWanted, 1, state, 0, 0, null, 0, null, null, 0);
  }

  private static String names(SleepingInstances sleepers) {
    return sleepers.names().stream().map(InstanceName::toString).collect(Collectors.joining(" "));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "web.1=up worker.1=up, web.1 worker.1",
    "db.1=up web.1=up web.2=starting worker.1=waiting, db.1 web.1 web.2 worker.1",
    "web.1=spawning worker.1=backoff job.1=crashed, web.1 worker.1 job.1",
    "web.1=up job.1=ended build.1=exited old.1=!down, web.1",
    "web.1=up worker.1=!stopping other.1=stopping, web.1",
    "web.1=up worker.1=!starting, web.1",
    "worker.1=up, ''",
    "web.1=!down worker.1=up, ''",
    "web.1=ended worker.1=up, ''",
    "web.1=!stopping worker.1=up, ''"
  })
  void all_running_instances_sleep_with_web(String formation, String sleepers) {
    var now = Stream.of(formation.split(" ", -1)).map(SleepingInstancesTest::snapshot).toList();
    assertThat(names(SleepingInstances.of(now))).isEqualTo(sleepers);
  }

  @Test
  void an_instance_that_the_user_stopped_or_removed_is_not_woken() {
    var all = SleepingInstances.of(List.of(snapshot("web.1=up"), snapshot("worker.1=up")));
    SleepingInstances web = all.without(name("worker.1")::equals);
    assertThat(names(web)).isEqualTo("web.1");
    assertThat(web.hasWeb()).isTrue();
    assertThat(all.without(name("web.1")::equals).hasWeb()).isFalse();
    assertThat(SleepingInstances.NONE.isEmpty()).isTrue();
    assertThat(all.isEmpty()).isFalse();
  }

  /** A restart after a crash does not count, nor does the sleep's own stop. */
  @Test
  void the_app_is_awake_when_an_instance_is_started_by_order() {
    var starts =
        STATES.keySet().stream()
            .flatMap(before -> STATES.keySet().stream().map(now -> before + " " + now))
            .filter(change -> {
              String[] words = change.split(" ", -1);
              var before = state(words[0]);
              var now = state(words[1]);
              return SleepingInstances.isStart(
                  new ProcessEvent.Changed(name("web.1"), 5000, before, now));
            });
    assertThat(starts)
        .containsExactly(
            "down spawning",
            "down waiting",
            "ended spawning",
            "ended waiting",
            "stopping spawning",
            "stopping waiting");
    assertThat(SleepingInstances.isStart(new ProcessEvent.Started(name("web.1"), 7, 5000)))
        .isFalse();
  }
}
