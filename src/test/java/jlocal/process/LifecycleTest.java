package jlocal.process;

import static jlocal.process.ProcessState.StopSignal.KILL;
import static jlocal.process.ProcessState.StopSignal.NONE;
import static jlocal.process.ProcessState.StopSignal.TERM;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jlocal.os.ExitStatus;
import jlocal.process.Lifecycle.Effect;
import jlocal.process.Lifecycle.Observation;
import jlocal.process.ProcessState.Backoff;
import jlocal.process.ProcessState.Down;
import jlocal.process.ProcessState.Ended;
import jlocal.process.ProcessState.LeaderExited;
import jlocal.process.ProcessState.Spawning;
import jlocal.process.ProcessState.Starting;
import jlocal.process.ProcessState.Stopping;
import jlocal.process.ProcessState.Up;
import jlocal.process.ProcessState.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LifecycleTest {
  private static final int GENERATION = 3;
  private static final long PID = 42;
  private static final ExitStatus CRASH = new ExitStatus.Code(1);
  private static final ExitStatus CLEAN = new ExitStatus.Code(0);
  private static final Effect SEND_TERM = new Effect.Terminate(GENERATION, PID);
  private static final Effect SEND_KILL = new Effect.Kill(GENERATION, PID, true);
  private static final Effect SPAWN = new Effect.Spawn(GENERATION + 1);
  private static final List<Order> ORDERS =
      List.of(Order.START, Order.RESTART, Order.STOP, Order.KILL);

  private final Lifecycle lifecycle = new Lifecycle(RestartPolicy.ON_CRASH);

  private static Instance in(ProcessState state) {
    return new Instance(true, GENERATION, 0, 0, state);
  }

  @Test
  void failed_starts_are_retried_with_backoff() {
    var delays = new ArrayList<Duration>();
    var it = in(new Spawning());
    for (int i = 0; i < 7; i++) {
      var step = lifecycle.on(it, new Observation.NotSpawned(it.generation(), "why", true));
      delays.add(((Effect.Retry) step.effects().getFirst()).delay());
      it = lifecycle.on(step.next(), new Observation.BackoffOver(it.generation())).next();
    }

    assertThat(delays.stream().map(Duration::toSeconds))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    assertThat(it.state()).isEqualTo(new Spawning());
  }

  @Test
  void a_start_is_not_retried_if_it_is_no_longer_wanted_or_restarts_are_off() {
    var why = new Observation.NotSpawned(GENERATION, "why", true);
    var never = new Lifecycle(RestartPolicy.NEVER);

    assertThat(lifecycle.on(in(new Spawning()).wanted(false), why).next().state())
        .isEqualTo(new Down());
    assertThat(never.on(in(new Spawning()), why).next().state()).isEqualTo(new Down());
  }

  /** The state and the effects after an order. */
  private record Cell(ProcessState after, List<Effect> effects) {
    static Cell of(ProcessState after, Effect... effects) {
      return new Cell(after, List.of(effects));
    }
  }

  /** A line of the order table in docs/architecture.md: START, RESTART, STOP, KILL. */
  private static Stream<Arguments> line(ProcessState before, Cell... cells) {
    return IntStream.range(0, 4)
        .mapToObj(i -> Arguments.of(before, ORDERS.get(i), cells[i].after, cells[i].effects));
  }

  static List<Arguments> orders() {
    var spawn = Cell.of(new Spawning(), SPAWN);
    var down = Cell.of(new Down());
    var ended = Cell.of(new Ended(CRASH));
    var waiting = Cell.of(new Waiting());
    var spawning = Cell.of(new Spawning());
    var term = Cell.of(new Stopping(PID, TERM), SEND_TERM);
    var kill = Cell.of(new Stopping(PID, KILL), new Effect.Kill(GENERATION, PID, false));
    var killAfterTerm = Cell.of(new Stopping(PID, KILL), SEND_KILL);
    var stopping = Cell.of(new Stopping(PID, TERM));
    var killed = Cell.of(new Stopping(PID, KILL));
    return Stream.of(
            line(new Down(), spawn, spawn, down, down),
            line(new Waiting(), waiting, waiting, down, down),
            line(new Spawning(), spawning, spawning, spawning, spawning),
            line(new Starting(PID), Cell.of(new Starting(PID)), term, term, kill),
            line(new Up(PID), Cell.of(new Up(PID)), term, term, kill),
            line(new LeaderExited(PID, CRASH, NONE), term, term, term, kill),
            line(new LeaderExited(PID, CLEAN, NONE), term, term, term, kill),
            line(new LeaderExited(PID, CRASH, TERM), stopping, stopping, stopping, killAfterTerm),
            line(new LeaderExited(PID, CRASH, KILL), killed, killed, killed, killed),
            line(new Stopping(PID, TERM), stopping, stopping, stopping, killAfterTerm),
            line(new Stopping(PID, KILL), killed, killed, killed, killed),
            line(new Backoff(CRASH), spawn, spawn, down, down),
            line(new Ended(CRASH), spawn, spawn, ended, ended))
        .flatMap(cells -> cells)
        .toList();
  }

  @Test
  void the_table_of_orders_has_every_state() {
    var states = orders().stream().map(cell -> cell.get()[0].getClass()).distinct();

    assertThat(states.map(Class::getSimpleName))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(ProcessState.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList());
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("orders")
  void an_order_changes_the_state(
      ProcessState before, Order order, ProcessState after, List<Effect> effects) {
    var step = lifecycle.on(in(before), order);

    assertThat(step.next().state()).isEqualTo(after);
    assertThat(step.effects()).isEqualTo(effects);
    assertThat(step.next().wanted()).isEqualTo(order == Order.START || order == Order.RESTART);
  }

  private static Arguments row(
      ProcessState before, Observation observation, ProcessState after, Effect... effects) {
    return Arguments.of(before, observation, after, List.of(effects));
  }

  static List<Arguments> observations() {
    var gone = new Observation.Gone(GENERATION, Duration.ZERO);
    return List.of(
        row(new Waiting(), new Observation.Released(GENERATION), new Spawning(), SPAWN),
        row(new Spawning(), new Observation.Released(GENERATION), new Spawning()),
        row(new Waiting(), new Observation.BackoffOver(GENERATION), new Waiting()),
        row(new Spawning(), new Observation.Spawned(GENERATION, PID), new Starting(PID)),
        row(
            new Spawning(),
            new Observation.NotSpawned(GENERATION, "why", false),
            new Down(),
            new Effect.ReportNotStarted("why")),
        row(
            new Spawning(),
            new Observation.NotSpawned(GENERATION, "why", true),
            new Backoff(new ExitStatus.Code(126)),
            new Effect.Retry(GENERATION, "why", Duration.ofSeconds(1))),
        row(new Starting(PID), new Observation.Ready(GENERATION), new Up(PID)),
        row(new Up(PID), new Observation.Ready(GENERATION), new Up(PID)),
        row(new Down(), new Observation.BackoffOver(GENERATION), new Down()),
        row(new Up(PID), new Observation.Exited(GENERATION - 1, CRASH), new Up(PID)),
        row(new Up(PID), new Observation.GraceTimeout(GENERATION - 1), new Up(PID)),
        row(new Stopping(PID, TERM), gone, new Spawning(), SPAWN),
        row(
            new Stopping(PID, TERM),
            new Observation.GraceTimeout(GENERATION),
            new Stopping(PID, KILL),
            SEND_KILL),
        row(
            new Stopping(PID, KILL),
            new Observation.GraceTimeout(GENERATION),
            new Stopping(PID, KILL)),
        row(new Backoff(CRASH), new Observation.BackoffOver(GENERATION), new Spawning(), SPAWN));
  }

  static List<Arguments> ends() {
    var gone = new Observation.Gone(GENERATION, Duration.ZERO);
    return List.of(
        row(
            new Up(PID),
            new Observation.Exited(GENERATION, CRASH),
            new LeaderExited(PID, CRASH, NONE),
            new Effect.AwaitGroup(GENERATION)),
        row(
            new Up(PID),
            new Observation.Exited(GENERATION, CLEAN),
            new LeaderExited(PID, CLEAN, NONE)),
        row(
            new LeaderExited(PID, CRASH, NONE),
            new Observation.GroupTimeout(GENERATION),
            new LeaderExited(PID, CRASH, TERM),
            SEND_TERM),
        row(
            new LeaderExited(PID, CRASH, TERM),
            new Observation.GraceTimeout(GENERATION),
            new LeaderExited(PID, CRASH, KILL),
            SEND_KILL),
        row(
            new LeaderExited(PID, CRASH, KILL),
            gone,
            new Backoff(CRASH),
            new Effect.Backoff(GENERATION, Duration.ZERO)),
        row(
            new LeaderExited(PID, CLEAN, NONE),
            gone,
            new Ended(CLEAN),
            new Effect.GiveUp(GENERATION, CLEAN, 1)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource({"observations", "ends"})
  void an_observation_changes_the_state(
      ProcessState before, Observation observation, ProcessState after, List<Effect> effects) {
    var step = lifecycle.on(in(before), observation);

    assertThat(step.next().state()).isEqualTo(after);
    assertThat(step.effects()).isEqualTo(effects);
  }

  @Test
  void a_stop_while_spawning_ends_the_process_as_soon_as_it_is_known() {
    var stopped = lifecycle.on(in(new Spawning()), Order.STOP).next();

    var step = lifecycle.on(stopped, new Observation.Spawned(GENERATION, PID));

    assertThat(step.effects()).containsExactly(SEND_TERM);
  }

  @Test
  void crashes_no_longer_count_after_thirty_seconds_up() {
    var it = in(new LeaderExited(PID, CRASH, NONE)).crashes(6, 0);

    var step = lifecycle.on(it, new Observation.Gone(GENERATION, RestartPolicy.HEALTHY_AFTER));

    assertThat(step.effects()).containsExactly(new Effect.Backoff(GENERATION, Duration.ZERO));
  }

  @Test
  void ten_ends_in_a_row_without_being_up_are_enough() {
    var it = in(new LeaderExited(PID, CRASH, NONE)).crashes(9, 9);

    var step = lifecycle.on(it, new Observation.Gone(GENERATION, Duration.ZERO));

    assertThat(step.next().state()).isEqualTo(new Ended(CRASH));
    assertThat(step.effects()).containsExactly(new Effect.GiveUp(GENERATION, CRASH, 10));
  }

  @ParameterizedTest
  @EnumSource(RestartPolicy.class)
  void random_histories_keep_all_invariants(RestartPolicy policy) {
    for (int seed = 0; seed < 10_000; seed++) {
      new LifecycleSimulation(new Lifecycle(policy), new Random(seed)).run(60);
    }
  }
}
