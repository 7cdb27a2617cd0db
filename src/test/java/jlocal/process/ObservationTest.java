package jlocal.process;

import static jlocal.process.ProcessState.StopSignal.KILL;
import static jlocal.process.ProcessState.StopSignal.NONE;
import static jlocal.process.ProcessState.StopSignal.TERM;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import jlocal.os.ExitStatus;
import jlocal.process.Lifecycle.Effect;
import jlocal.process.Lifecycle.Observation;
import jlocal.process.Lifecycle.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each observation in each state; {@link LifecycleTest} has the transitions, too. */
class ObservationTest {
  private static final int GENERATION = 3;
  private static final long PID = 42;
  private static final ExitStatus CRASH = new ExitStatus.Code(1);
  private static final ExitStatus CLEAN = new ExitStatus.Code(0);

  private final Lifecycle lifecycle = new Lifecycle(RestartPolicy.ON_CRASH);

  private static final List<ProcessState> STATES =
      List.of(
          new ProcessState.Down(),
          new ProcessState.Waiting(),
          new ProcessState.Spawning(),
          new ProcessState.Starting(PID),
          new ProcessState.Up(PID),
          new ProcessState.LeaderExited(PID, CRASH, NONE),
          new ProcessState.LeaderExited(PID, CRASH, TERM),
          new ProcessState.LeaderExited(PID, CRASH, KILL),
          new ProcessState.Stopping(PID, NONE),
          new ProcessState.Stopping(PID, TERM),
          new ProcessState.Stopping(PID, KILL),
          new ProcessState.Backoff(CRASH),
          new ProcessState.Ended(CRASH));

  private static final List<Observation> OBSERVATIONS =
      List.of(
          new Observation.Released(GENERATION),
          new Observation.Ready(GENERATION),
          new Observation.Exited(GENERATION, CRASH),
          new Observation.Gone(GENERATION, Duration.ZERO),
          new Observation.GroupTimeout(GENERATION),
          new Observation.GraceTimeout(GENERATION),
          new Observation.Abandoned(GENERATION),
          new Observation.BackoffOver(GENERATION));

  private static Instance in(ProcessState state) {
    return new Instance(true, GENERATION, 0, 0, state);
  }

  /** Whether the observation fits the state, rather than being late. */
  private static boolean moves(ProcessState state, Observation observation) {
    return switch (observation) {
      case Observation.Released _ -> state instanceof ProcessState.Waiting;
      case Observation.Ready _ -> state instanceof ProcessState.Starting;
      case Observation.Exited _ ->
          state instanceof ProcessState.Starting || state instanceof ProcessState.Up;
      case Observation.Gone _, Observation.Abandoned _ ->
          state instanceof ProcessState.Stopping || state instanceof ProcessState.LeaderExited;
      case Observation.GroupTimeout _ -> signal(state) == NONE && !isStopping(state);
      case Observation.GraceTimeout _ -> signal(state) == TERM;
      case Observation.BackoffOver _ -> state instanceof ProcessState.Backoff;
      case Observation.Spawned _, Observation.NotSpawned _ -> true;
    };
  }

  private static boolean isStopping(ProcessState state) {
    return state instanceof ProcessState.Stopping;
  }

  private static ProcessState.StopSignal signal(ProcessState state) {
    if (state instanceof ProcessState.Stopping(_, var sent)) return sent;
    return state instanceof ProcessState.LeaderExited(_, _, var sent) ? sent : KILL;
  }

  static Stream<Arguments> all() {
    return STATES.stream()
        .flatMap(state -> OBSERVATIONS.stream().map(seen -> Arguments.of(state, seen)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("all")
  void an_observation_that_does_not_fit_the_state_is_ignored(
      ProcessState before, Observation observation) {
    Step step = lifecycle.on(in(before), observation);

    assertThat(step.equals(Step.to(in(before)))).isEqualTo(!moves(before, observation));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("all")
  void an_observation_of_another_process_changes_nothing(
      ProcessState before, Observation observation) {
    var next = new Instance(true, GENERATION + 1, 0, 0, before);

    assertThat(lifecycle.on(next, observation)).isEqualTo(Step.to(next));
  }

  @Test
  void a_process_that_survives_sigkill_is_abandoned() {
    var down = in(new ProcessState.Down()).wanted(false);
    for (ProcessState state : STATES) {
      if (!moves(state, new Observation.Abandoned(GENERATION))) continue;
      assertThat(lifecycle.on(in(state), new Observation.Abandoned(GENERATION)))
          .isEqualTo(Step.to(down));
    }
  }

  @Test
  void a_stopped_instance_is_down_once_it_is_gone() {
    var stopping = in(new ProcessState.Stopping(PID, TERM)).wanted(false);

    Step step = lifecycle.on(stopping, new Observation.Gone(GENERATION, Duration.ZERO));

    assertThat(step).isEqualTo(Step.to(in(new ProcessState.Down()).wanted(false)));
  }

  @Test
  void with_restart_always_a_clean_end_counts_as_a_crash() {
    var always = new Lifecycle(RestartPolicy.ALWAYS);
    var exited = new ProcessState.LeaderExited(PID, CLEAN, NONE);

    Step step =
        always.on(in(new ProcessState.Starting(PID)), new Observation.Exited(GENERATION, CLEAN));

    assertThat(step).isEqualTo(Step.to(in(exited), new Effect.AwaitGroup(GENERATION)));
    assertThat(always.on(in(exited), new Observation.Gone(GENERATION, Duration.ZERO)).effects())
        .containsExactly(new Effect.Backoff(GENERATION, Duration.ZERO));
  }

  @Test
  void each_consecutive_crash_lengthens_the_backoff() {
    var it = in(new ProcessState.LeaderExited(PID, CRASH, NONE)).crashes(3, 2);

    Step step = lifecycle.on(it, new Observation.Gone(GENERATION, Duration.ofSeconds(29)));

    assertThat(step.next()).isEqualTo(in(new ProcessState.Backoff(CRASH)).crashes(4, 0));
    assertThat(step.effects())
        .containsExactly(new Effect.Backoff(GENERATION, Duration.ofSeconds(4)));
  }

  @Test
  void a_start_that_is_held_keeps_the_number_of_its_process() {
    Step step = lifecycle.on(in(new ProcessState.Down()), Order.START);

    assertThat(step.spawns()).isTrue();
    assertThat(step.held()).isEqualTo(Step.to(in(new ProcessState.Waiting())));
    assertThat(step.held().spawns()).isFalse();
    assertThat(lifecycle.on(in(new ProcessState.Up(PID)), Order.STOP).spawns()).isFalse();
    assertThat(lifecycle.on(step.held().next(), new Observation.Released(GENERATION)))
        .isEqualTo(step);
  }
}
