package jlocal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import jlocal.formation.InstanceName;
import jlocal.os.ExitStatus;
import jlocal.process.InstanceSnapshot;
import jlocal.process.InstanceSnapshots;
import jlocal.process.Order;
import jlocal.process.ProcessEvent;
import jlocal.process.ProcessState;
import jlocal.procfile.ProcessType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class StartOutcomeTest {
  private static final InstanceName WEB = new InstanceName(ProcessType.WEB, 1);
  private static final ExitStatus CLEAN = new ExitStatus.Code(0);
  private static final ExitStatus CRASH = new ExitStatus.Code(1);
  private static final ProcessState.StopSignal NONE = ProcessState.StopSignal.NONE;
  private static final ProcessEvent CRASHED =
      new ProcessEvent.Exited(WEB, 7, CRASH, Duration.ofSeconds(3), false);
  private static final ProcessEvent NOT_LISTENING =
      new ProcessEvent.NotListening(WEB, 5000, new TreeSet<>());

  private final InstanceSnapshots snapshots = new InstanceSnapshots();

  private static InstanceSnapshot in(
      ProcessState state, int generation, @Nullable ProcessEvent remark) {
    return new InstanceSnapshot(
        WEB, 5000, true, generation, state, System.nanoTime(), 0, null, 0, null, remark, 0);
  }

  private static InstanceSnapshot failed(ProcessState state, int generation, int failed) {
    return new InstanceSnapshot(
        WEB, 5000, true, generation, state, 0, 0, CRASHED, failed, CRASHED, null, 0);
  }

  static List<Arguments> outcomes() {
    var background = new ProcessEvent.BackgroundProcesses(WEB, CLEAN);
    var exited = new ProcessState.LeaderExited(7, CLEAN, NONE);
    var stuck = new ProcessEvent.Unkillable(WEB, List.of());
    return List.of(
        Arguments.of(in(new ProcessState.Down(), 0, null), 1, StartOutcome.PENDING),
        Arguments.of(in(new ProcessState.Spawning(), 1, null), 1, StartOutcome.PENDING),
        Arguments.of(in(new ProcessState.Up(7), 1, null), 2, StartOutcome.PENDING),
        Arguments.of(in(new ProcessState.Starting(7), 1, null), 1, StartOutcome.PENDING),
        Arguments.of(in(new ProcessState.Starting(7), 1, NOT_LISTENING), 1, StartOutcome.PENDING),
        Arguments.of(in(new ProcessState.Up(7), 1, null), 1, StartOutcome.UP),
        Arguments.of(in(exited, 1, null), 1, StartOutcome.PENDING),
        Arguments.of(in(exited, 1, background), 1, StartOutcome.EXITED),
        Arguments.of(in(new ProcessState.Ended(CLEAN), 1, null), 1, StartOutcome.EXITED),
        Arguments.of(in(new ProcessState.Backoff(CRASH), 1, null), 1, StartOutcome.PENDING),
        Arguments.of(in(new ProcessState.Stopping(7, NONE), 1, null), 1, StartOutcome.STOPPED),
        Arguments.of(
            in(new ProcessState.Stopping(7, NONE), 1, stuck), 2, new StartOutcome.Failed("")),
        Arguments.of(in(new ProcessState.Down(), 1, null), 1, StartOutcome.STOPPED));
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void a_snapshot_has_the_outcome_of_a_start(
      InstanceSnapshot now, int generation, StartOutcome outcome) {
    assertThat(StartOutcome.of(now, generation)).isEqualTo(outcome);
  }

  @Test
  void a_failure_of_an_earlier_process_does_not_count() {
    var again = failed(new ProcessState.Up(7), 2, 1);

    assertThat(StartOutcome.of(again, 1))
        .isEqualTo(new StartOutcome.Failed("web.1 exited with code 1 after 3 s"));
    assertThat(StartOutcome.of(again, 2)).isEqualTo(StartOutcome.UP);
  }

  static List<Arguments> generations() {
    return List.of(
        Arguments.of(new ProcessState.Up(7), 3, 4),
        Arguments.of(new ProcessState.Starting(7), 3, 4),
        Arguments.of(new ProcessState.Spawning(), 3, 3),
        Arguments.of(new ProcessState.Down(), 4, 4),
        Arguments.of(new ProcessState.Stopping(7, NONE), 4, 4),
        Arguments.of(new ProcessState.Backoff(CRASH), 4, 4),
        Arguments.of(new ProcessState.Ended(CRASH), 4, 4));
  }

  @ParameterizedTest
  @MethodSource("generations")
  void start_waits_for_the_present_process_and_restart_for_the_next(
      ProcessState state, int afterStart, int afterRestart) {
    assertThat(StartOutcome.generationAfter(Order.START, in(state, 3, null))).isEqualTo(afterStart);
    assertThat(StartOutcome.generationAfter(Order.RESTART, in(state, 3, null)))
        .isEqualTo(afterRestart);
  }

  @Test
  void waiting_ends_when_it_is_up() {
    snapshots.publish(in(new ProcessState.Starting(7), 1, NOT_LISTENING));
    Thread.startVirtualThread(() -> snapshots.publish(in(new ProcessState.Up(7), 1, null)));

    assertThat(StartOutcome.await(snapshots, WEB, 1, Duration.ZERO)).isEqualTo(StartOutcome.UP);
  }

  @Test
  void waiting_ends_after_the_boot_timeout_with_what_is_known() {
    Duration timeout = Duration.ofMillis(20);
    snapshots.publish(in(new ProcessState.Starting(7), 1, null));
    assertThat(StartOutcome.await(snapshots, WEB, 1, timeout)).isEqualTo(new StartOutcome.Late(""));

    snapshots.publish(in(new ProcessState.Starting(7), 1, NOT_LISTENING));
    assertThat(StartOutcome.await(snapshots, WEB, 1, timeout))
        .isEqualTo(
            new StartOutcome.Late(
                "web.1 has not opened its port 5000; does its command use $PORT?"));
  }

  @Test
  void waiting_ends_with_the_app() {
    Thread.startVirtualThread(snapshots::close);

    assertThat(StartOutcome.await(snapshots, WEB, 1, Duration.ZERO))
        .isEqualTo(StartOutcome.PENDING);
  }
}
