package jlocal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import jlocal.formation.InstanceName;
import jlocal.formation.StartOrder;
import jlocal.os.ExitStatus;
import jlocal.procfile.ProcessType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StartGateTest {
  private static final ExitStatus CRASH = new ExitStatus.Code(1);
  private static final ExitStatus CLEAN = new ExitStatus.Code(0);
  private static final ProcessState.StopSignal NONE = ProcessState.StopSignal.NONE;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofSeconds(6);
  private static final StartOrder ORDER =
      OrderSimulation.order(
          List.of("db", "migrate", "web"),
          List.of(Set.of(), Set.of("db"), Set.of("migrate")),
          Duration.ofSeconds(60));

  private static InstanceName name(String type) {
    return new InstanceName(new ProcessType(type), 1);
  }

  private static StartGate.Member member(String type, boolean wanted, ProcessState state) {
    return new StartGate.Member(name(type), new Instance(wanted, 1, 0, 0, state), SECOND);
  }

  static List<Arguments> states() {
    return List.of(
        Arguments.of(true, new ProcessState.Waiting(), true),
        Arguments.of(true, new ProcessState.Spawning(), true),
        Arguments.of(true, new ProcessState.Starting(7), true),
        Arguments.of(true, new ProcessState.Up(7), false),
        Arguments.of(true, new ProcessState.LeaderExited(7, CRASH, NONE), true),
        Arguments.of(true, new ProcessState.LeaderExited(7, CLEAN, NONE), false),
        Arguments.of(true, new ProcessState.Stopping(7, NONE), true),
        Arguments.of(false, new ProcessState.Stopping(7, NONE), false),
        Arguments.of(true, new ProcessState.Backoff(CRASH), true),
        Arguments.of(false, new ProcessState.Ended(CLEAN), false),
        Arguments.of(false, new ProcessState.Ended(CRASH), false),
        Arguments.of(false, new ProcessState.Down(), false));
  }

  @ParameterizedTest
  @MethodSource("states")
  void others_wait_for_a_pending_instance(boolean wanted, ProcessState state, boolean waits) {
    var gate = new StartGate(ORDER, List.of(member("db", wanted, state)));

    assertThat(gate.blockers(new ProcessType("migrate")))
        .isEqualTo(waits ? List.of(name("db")) : List.of());
    assertThat(gate.blockers(new ProcessType("db"))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("states")
  void others_do_not_wait_for_an_instance_that_is_up_or_has_completed(
      boolean wanted, ProcessState state, boolean waits) {
    boolean isReady =
        switch (state) {
          case ProcessState.Up _ -> true;
          case ProcessState.LeaderExited(_, var status, _) -> status.isClean();
          case ProcessState.Ended(var status) -> status.isClean();
          case ProcessState _ -> false;
        };
    assertThat(StartGate.isReady(new Instance(wanted, 1, 0, 0, state))).isEqualTo(isReady);
    if (waits) assertThat(isReady).isFalse();
  }

  @ParameterizedTest
  @MethodSource("states")
  void a_ready_instance_is_stopped_after_its_dependents(boolean wanted, ProcessState state) {
    boolean serves =
        state instanceof ProcessState.Up
            || state instanceof ProcessState.Starting
            || state instanceof ProcessState.Spawning;
    var web = member("web", true, new ProcessState.Up(9));
    var gate = new StartGate(ORDER, List.of(member("db", wanted, state), web));

    assertThat(gate.stoppable(ORDER.levels(ORDER.rules().keySet()), Duration.ZERO, GRACE))
        .isEqualTo(wanted && !serves ? List.of(name("db"), name("web")) : List.of(name("web")));
  }

  @Test
  void an_instance_without_a_level_is_stopped_at_once() {
    var up = new ProcessState.Up(7);
    var gate = new StartGate(ORDER, List.of(member("db", true, up), member("web", true, up)));

    assertThat(gate.stoppable(List.of(), Duration.ZERO, GRACE)).hasSize(2);
  }

  @Test
  void a_type_without_instances_is_replaced_by_its_own_prerequisites() {
    var starting = new ProcessState.Starting(7);

    var gate = new StartGate(ORDER, List.of(member("db", true, starting)));

    assertThat(gate.blockers(ProcessType.WEB)).containsExactly(name("db"));
  }

  @Test
  void waiting_ends_at_the_timeout_or_after_the_third_crash() {
    var starting = new Instance(true, 1, 0, 0, new ProcessState.Starting(7));
    var late = new StartGate.Member(name("db"), starting, Duration.ofSeconds(60));
    var crashing =
        new StartGate.Member(name("db"), starting.crashes(3, StartGate.CRASH_LIMIT), SECOND);

    assertThat(new StartGate(ORDER, List.of(late)).blockers(name("migrate").type())).isEmpty();
    assertThat(new StartGate(ORDER, List.of(crashing)).blockers(name("migrate").type())).isEmpty();
  }

  @Test
  void dependents_are_stopped_first_and_others_after_them_or_their_share_of_the_time() {
    var levels = ORDER.levels(ORDER.rules().keySet());
    var up = new ProcessState.Up(7);
    var db = member("db", true, up);
    var all =
        new StartGate(ORDER, List.of(db, member("migrate", true, up), member("web", true, up)));
    var rest = new StartGate(ORDER, List.of(db, member("web", false, new ProcessState.Down())));

    assertThat(all.stoppable(levels, Duration.ZERO, GRACE)).containsExactly(name("web"));
    assertThat(all.stoppable(levels, Duration.ofSeconds(2), GRACE))
        .containsExactly(name("migrate"), name("web"));
    assertThat(all.stoppable(levels, Duration.ofSeconds(4), GRACE)).hasSize(3);
    assertThat(rest.stoppable(levels, Duration.ZERO, GRACE)).containsExactly(name("db"));
  }

  @Test
  void an_instance_that_is_not_ready_is_stopped_at_once() {
    var levels = ORDER.levels(ORDER.rules().keySet());
    var crashed = member("db", true, new ProcessState.LeaderExited(7, CRASH, NONE));
    var waiting = member("migrate", true, new ProcessState.Waiting());
    var gate =
        new StartGate(
            ORDER, List.of(crashed, waiting, member("web", true, new ProcessState.Up(9))));

    assertThat(gate.stoppable(levels, Duration.ZERO, GRACE)).hasSize(3);
  }

  @Test
  void in_random_graphs_all_start_in_order_and_end_within_the_grace_period() {
    for (int seed = 0; seed < 4_000; seed++) {
      new OrderSimulation(new Random(seed), "seed " + seed).run();
    }
  }
}
