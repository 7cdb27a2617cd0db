package jlocal.process;

import static jlocal.process.ProcessState.Pressure.KILLED;
import static jlocal.process.ProcessState.Pressure.NONE;
import static jlocal.process.ProcessState.Pressure.TERMINATED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import jlocal.os.ExitStatus;
import jlocal.process.ProcessState.CoolingOff;
import jlocal.process.ProcessState.Down;
import jlocal.process.ProcessState.Ended;
import jlocal.process.ProcessState.Lingering;
import jlocal.process.ProcessState.Spawning;
import jlocal.process.ProcessState.Starting;
import jlocal.process.ProcessState.Stopping;
import jlocal.process.ProcessState.Up;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LifecycleTest {
  private static final int LIFE = 3;
  private static final long PID = 42;
  private static final ExitStatus CRASH = new ExitStatus.Code(1);
  private static final ExitStatus CLEAN = new ExitStatus.Code(0);
  private static final Effect TERM = new Effect.Terminate(LIFE, PID);
  private static final Effect KILL = new Effect.Kill(LIFE, PID);
  private static final Effect SPAWN = new Effect.Spawn(LIFE + 1);

  private final Lifecycle lifecycle = new Lifecycle(RestartPolicy.ON_CRASH);

  private static Instance in(ProcessState state) {
    return new Instance(true, LIFE, 0, 0, state);
  }

  private static Arguments row(
      ProcessState before, Order order, ProcessState after, Effect... effects) {
    return Arguments.of(before, order, after, List.of(effects));
  }

  @Test
  void failed_starts_are_tried_again_with_backoff_and_not_for_ever_in_a_row_at_once() {
    var delays = new ArrayList<Duration>();
    var it = in(new Spawning());
    for (int i = 0; i < 7; i++) {
      var step = lifecycle.on(it, new News.NotSpawned(it.life(), "why", true));
      delays.add(((Effect.Retry) step.effects().getFirst()).delay());
      it = lifecycle.on(step.next(), new News.CoolOffOver(it.life())).next();
    }

    assertThat(delays.stream().map(Duration::toSeconds))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    assertThat(it.state()).isEqualTo(new Spawning());
  }

  @Test
  void a_start_is_not_tried_again_when_it_is_no_longer_wanted_or_restarts_are_off() {
    var why = new News.NotSpawned(LIFE, "why", true);
    var never = new Lifecycle(RestartPolicy.NEVER);

    assertThat(lifecycle.on(in(new Spawning()).wanted(false), why).next().state())
        .isEqualTo(new Down());
    assertThat(never.on(in(new Spawning()), why).next().state()).isEqualTo(new Down());
  }

  static List<Arguments> orders() {
    var terminated = new Stopping(PID, TERMINATED);
    var killed = new Stopping(PID, KILLED);
    return List.of(
        row(new Down(), Order.START, new Spawning(), SPAWN),
        row(new Down(), Order.STOP, new Down()),
        row(new Down(), Order.RESTART, new Spawning(), SPAWN),
        row(new Spawning(), Order.START, new Spawning()),
        row(new Spawning(), Order.STOP, new Spawning()),
        row(new Starting(PID), Order.START, new Starting(PID)),
        row(new Starting(PID), Order.STOP, terminated, TERM),
        row(new Up(PID), Order.STOP, terminated, TERM),
        row(new Up(PID), Order.RESTART, terminated, TERM),
        row(terminated, Order.START, terminated),
        row(terminated, Order.RESTART, terminated),
        row(terminated, Order.STOP, terminated),
        row(killed, Order.STOP, killed),
        row(terminated, Order.KILL, killed, KILL),
        row(killed, Order.KILL, killed),
        row(new Up(PID), Order.KILL, killed, KILL),
        row(new Starting(PID), Order.KILL, killed, KILL),
        row(new Spawning(), Order.KILL, new Spawning()),
        row(new CoolingOff(CRASH), Order.KILL, new Down()),
        row(new Lingering(PID, CLEAN, NONE), Order.KILL, killed, KILL),
        row(new Lingering(PID, CRASH, TERMINATED), Order.KILL, killed, KILL),
        row(new Lingering(PID, CRASH, KILLED), Order.KILL, killed),
        row(new CoolingOff(CRASH), Order.START, new Spawning(), SPAWN),
        row(new CoolingOff(CRASH), Order.STOP, new Down()),
        row(new Ended(CRASH), Order.START, new Spawning(), SPAWN),
        row(new Ended(CRASH), Order.STOP, new Ended(CRASH)),
        row(new Lingering(PID, CLEAN, NONE), Order.STOP, terminated, TERM),
        row(new Lingering(PID, CLEAN, NONE), Order.RESTART, terminated, TERM),
        row(new Lingering(PID, CRASH, TERMINATED), Order.STOP, terminated),
        row(new Lingering(PID, CRASH, KILLED), Order.STOP, killed));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("orders")
  void an_order_moves(ProcessState before, Order order, ProcessState after, List<Effect> effects) {
    var step = lifecycle.on(in(before), order);

    assertThat(step.next().state()).isEqualTo(after);
    assertThat(step.effects()).isEqualTo(effects);
    assertThat(step.next().wanted()).isEqualTo(order == Order.START || order == Order.RESTART);
  }

  private static Arguments row(
      ProcessState before, News news, ProcessState after, Effect... effects) {
    return Arguments.of(before, news, after, List.of(effects));
  }

  static List<Arguments> news() {
    var gone = new News.Gone(LIFE, Duration.ZERO);
    return List.of(
        row(new Spawning(), new News.Spawned(LIFE, PID), new Starting(PID)),
        row(
            new Spawning(),
            new News.NotSpawned(LIFE, "why", false),
            new Down(),
            new Effect.Report("why")),
        row(
            new Spawning(),
            new News.NotSpawned(LIFE, "why", true),
            new CoolingOff(new ExitStatus.Code(126)),
            new Effect.Retry(LIFE, "why", Duration.ofSeconds(1))),
        row(new Starting(PID), new News.Ready(LIFE), new Up(PID)),
        row(new Up(PID), new News.Ready(LIFE), new Up(PID)),
        row(new Down(), new News.CoolOffOver(LIFE), new Down()),
        row(new Up(PID), new News.Exited(LIFE - 1, CRASH), new Up(PID)),
        row(new Up(PID), new News.GraceOver(LIFE - 1), new Up(PID)),
        row(new Stopping(PID, TERMINATED), gone, new Spawning(), SPAWN),
        row(
            new Stopping(PID, TERMINATED),
            new News.GraceOver(LIFE),
            new Stopping(PID, KILLED),
            KILL),
        row(new Stopping(PID, KILLED), new News.GraceOver(LIFE), new Stopping(PID, KILLED)),
        row(new CoolingOff(CRASH), new News.CoolOffOver(LIFE), new Spawning(), SPAWN));
  }

  static List<Arguments> ends() {
    var gone = new News.Gone(LIFE, Duration.ZERO);
    return List.of(
        row(
            new Up(PID),
            new News.Exited(LIFE, CRASH),
            new Lingering(PID, CRASH, NONE),
            new Effect.Linger(LIFE)),
        row(new Up(PID), new News.Exited(LIFE, CLEAN), new Lingering(PID, CLEAN, NONE)),
        row(
            new Lingering(PID, CRASH, NONE),
            new News.LingerOver(LIFE),
            new Lingering(PID, CRASH, TERMINATED),
            TERM),
        row(
            new Lingering(PID, CRASH, TERMINATED),
            new News.GraceOver(LIFE),
            new Lingering(PID, CRASH, KILLED),
            KILL),
        row(
            new Lingering(PID, CRASH, KILLED),
            gone,
            new CoolingOff(CRASH),
            new Effect.CoolOff(LIFE, Duration.ZERO)),
        row(
            new Lingering(PID, CLEAN, NONE),
            gone,
            new Ended(CLEAN),
            new Effect.GiveUp(LIFE, CLEAN, 1)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource({"news", "ends"})
  void news_move(ProcessState before, News news, ProcessState after, List<Effect> effects) {
    var step = lifecycle.on(in(before), news);

    assertThat(step.next().state()).isEqualTo(after);
    assertThat(step.effects()).isEqualTo(effects);
  }

  @Test
  void a_stop_while_spawning_ends_the_process_as_soon_as_it_is_known() {
    var stopped = lifecycle.on(in(new Spawning()), Order.STOP).next();

    var step = lifecycle.on(stopped, new News.Spawned(LIFE, PID));

    assertThat(step.effects()).containsExactly(TERM);
  }

  @Test
  void crashes_are_forgotten_after_thirty_seconds_up() {
    var it = in(new Lingering(PID, CRASH, NONE)).crashes(6, 0);

    var step = lifecycle.on(it, new News.Gone(LIFE, RestartPolicy.HEALTHY));

    assertThat(step.effects()).containsExactly(new Effect.CoolOff(LIFE, Duration.ZERO));
  }

  @Test
  void ten_ends_in_a_row_without_being_up_are_enough() {
    var it = in(new Lingering(PID, CRASH, NONE)).crashes(9, 9);

    var step = lifecycle.on(it, new News.Gone(LIFE, Duration.ZERO));

    assertThat(step.next().state()).isEqualTo(new Ended(CRASH));
    assertThat(step.effects()).containsExactly(new Effect.GiveUp(LIFE, CRASH, 10));
  }

  @ParameterizedTest
  @EnumSource(RestartPolicy.class)
  void whatever_happens_in_whatever_order_no_promise_is_broken(RestartPolicy policy) {
    for (int seed = 0; seed < 10_000; seed++) {
      new World(new Lifecycle(policy), new Random(seed)).liveThrough(60);
    }
  }
}
