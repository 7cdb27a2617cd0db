package jlocal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import jlocal.formation.InstanceName;
import jlocal.os.ExitStatus;
import jlocal.process.ProcessState.StopSignal;
import jlocal.procfile.ProcessType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProcessStateTest {
  private static final long PID = 7;
  private static final ExitStatus CLEAN = new ExitStatus.Code(0);
  private static final ExitStatus CRASH = new ExitStatus.Code(1);

  /** State, word shown to users, pid, whether something may run, whether all is at rest. */
  static Stream<Arguments> states() {
    return Stream.of(
        Arguments.of(new ProcessState.Down(), "down", 0, false, true),
        Arguments.of(new ProcessState.Waiting(), "waiting", 0, false, false),
        Arguments.of(new ProcessState.Spawning(), "starting", 0, true, false),
        Arguments.of(new ProcessState.Starting(PID), "starting", PID, true, false),
        Arguments.of(new ProcessState.Up(PID), "up", PID, true, false),
        Arguments.of(leaderExited(CLEAN), "exited", PID, true, false),
        Arguments.of(leaderExited(CRASH), "crashed", PID, true, false),
        Arguments.of(new ProcessState.Stopping(PID, StopSignal.TERM), "stopping", PID, true, false),
        Arguments.of(new ProcessState.Backoff(CLEAN), "crashed", 0, false, false),
        Arguments.of(new ProcessState.Ended(CLEAN), "exited", 0, false, true),
        Arguments.of(new ProcessState.Ended(CRASH), "crashed", 0, false, true));
  }

  private static ProcessState leaderExited(ExitStatus status) {
    return new ProcessState.LeaderExited(PID, status, StopSignal.NONE);
  }

  @ParameterizedTest
  @MethodSource("states")
  void each_state_says_whether_processes_run(
      ProcessState state, String word, long pid, boolean alive, boolean atRest) {
    var name = new InstanceName(ProcessType.WEB, 1);
    var snapshot = new InstanceSnapshot(name, 0, true, 1, state, 0, 0, null, 0, null, null, 0);

    assertThat(state.word()).isEqualTo(word);
    assertThat(state.isAlive()).isEqualTo(alive);
    assertThat(snapshot.pid()).isEqualTo(pid);
    assertThat(snapshot.isAtRest()).isEqualTo(atRest);
    assertThat(snapshot.isUnkillable()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("states")
  void only_what_is_not_wanted_and_ends_by_order_is_stopped(ProcessState state) {
    boolean byOrder = state instanceof ProcessState.Down || state instanceof ProcessState.Stopping;

    assertThat(new Instance(false, 1, 0, 0, state).isStopped()).isEqualTo(byOrder);
    assertThat(new Instance(true, 1, 0, 0, state).isStopped()).isFalse();
  }

  @Test
  void a_stop_counts_as_repeated_a_second_after_the_first() {
    long first = 5_000_000_000L;

    assertThat(Order.isStopRepeated(first, first + 999_999_999)).isFalse();
    assertThat(Order.isStopRepeated(first, first + 1_000_000_000)).isTrue();
  }
}
