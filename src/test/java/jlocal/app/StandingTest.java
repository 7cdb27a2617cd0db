package jlocal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import jlocal.os.ExitStatus;
import jlocal.process.ProcessState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StandingTest {
  private static final ExitStatus CLEAN = new ExitStatus.Code(0);
  private static final ExitStatus CRASH = new ExitStatus.Code(1);
  private static final ProcessState.StopSignal NONE = ProcessState.StopSignal.NONE;

  private static Standing in(ProcessState state, int lives) {
    var it = Standing.UNBORN;
    for (int i = 0; i < lives; i++) it = it.started(0);
    return it.now(5000, state);
  }

  static List<Arguments> outcomes() {
    return List.of(
        Arguments.of(new ProcessState.Down(), 0, Outcome.PENDING),
        Arguments.of(new ProcessState.Spawning(), 0, Outcome.PENDING),
        Arguments.of(new ProcessState.Up(7), 0, Outcome.PENDING),
        Arguments.of(new ProcessState.Starting(7), 1, Outcome.PENDING),
        Arguments.of(new ProcessState.Up(7), 1, Outcome.UP),
        Arguments.of(new ProcessState.LeaderExited(7, CLEAN, NONE), 1, Outcome.PENDING),
        Arguments.of(new ProcessState.LeaderExited(7, CRASH, NONE), 1, Outcome.PENDING),
        Arguments.of(new ProcessState.Ended(CLEAN), 1, Outcome.EXITED),
        Arguments.of(new ProcessState.Backoff(CRASH), 1, Outcome.PENDING),
        Arguments.of(new ProcessState.Stopping(7, NONE), 1, Outcome.STOPPED),
        Arguments.of(new ProcessState.Down(), 1, Outcome.STOPPED));
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void what_has_become_of_the_first_process(ProcessState state, int lives, Outcome outcome) {
    assertThat(in(state, lives).of(1)).isEqualTo(outcome);
  }

  @Test
  void a_failure_of_an_earlier_process_does_not_count() {
    Standing again = in(new ProcessState.Up(7), 1).failed(1, "crashed").started(0);

    assertThat(again.of(1)).isEqualTo(new Outcome.Failed("crashed"));
    assertThat(again.of(2)).isEqualTo(Outcome.UP);
  }

  @Test
  void what_left_processes_in_the_background_has_exited() {
    Standing left = in(new ProcessState.LeaderExited(7, CLEAN, NONE), 1).remarked("go on");

    assertThat(left.of(1)).isEqualTo(Outcome.EXITED);
  }

  @Test
  void restarts_after_an_end_are_counted_apart_from_those_that_were_ordered() {
    var it = in(new ProcessState.Up(7), 1);
    it = it.now(5000, new ProcessState.Backoff(CRASH)).now(5000, new ProcessState.Spawning());
    it = it.started(0).now(5000, new ProcessState.Stopping(8, NONE));
    it = it.now(5000, new ProcessState.Spawning()).started(0);

    assertThat(it.lives()).isEqualTo(3);
    assertThat(it.restarts()).isEqualTo(1);
  }

  @Test
  void start_waits_for_the_process_that_runs_and_for_a_new_one_where_none_does() {
    assertThat(in(new ProcessState.Up(7), 3).lifeAfterStart()).isEqualTo(3);
    assertThat(in(new ProcessState.Down(), 3).lifeAfterStart()).isEqualTo(4);
    assertThat(in(new ProcessState.Backoff(CRASH), 3).lifeAfterStart()).isEqualTo(4);
  }
}
