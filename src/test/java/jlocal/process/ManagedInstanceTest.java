package jlocal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import jlocal.formation.InstanceName;
import jlocal.formation.ProcessSpec;
import jlocal.os.ExitStatus;
import jlocal.os.WindowSize;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ManagedInstanceTest {
  private static final InstanceName WEB = new InstanceName(ProcessType.WEB, 1);
  private static final ExitStatus CRASH = new ExitStatus.Code(1);

  private final ManagedInstance instance =
      new ManagedInstance(new ProcessSpec(WEB, new Command("serve"), 5000, new LinkedHashMap<>()));

  private InstanceSnapshot in(int generation, ProcessState next) {
    ProcessState before = instance.state();
    var _ = instance.instance(new Instance(true, generation, 0, 0, next), 0);
    return instance.snapshotAfter(new ProcessEvent.Changed(WEB, 5000, before, next), 0);
  }

  @Test
  void restarts_after_an_end_are_counted_apart_from_those_that_were_ordered() {
    in(1, new ProcessState.Spawning());
    in(1, new ProcessState.Backoff(CRASH));
    in(2, new ProcessState.Spawning());
    in(2, new ProcessState.Stopping(8, ProcessState.StopSignal.TERM));
    var now = in(3, new ProcessState.Spawning());

    assertThat(now.generation()).isEqualTo(3);
    assertThat(now.restarts()).isEqualTo(1);
    assertThat(now.orderedRestarts()).isEqualTo(1);
  }

  @Test
  void a_crash_is_known_until_the_instance_is_up_again() {
    in(1, new ProcessState.Up(7));
    var exited = new ProcessEvent.Exited(WEB, 7, CRASH, Duration.ofSeconds(1), false);

    assertThat(instance.snapshotAfter(exited, 0).failedGeneration()).isEqualTo(1);
    assertThat(in(1, new ProcessState.Backoff(CRASH)).failure()).isEqualTo(exited);
    assertThat(in(2, new ProcessState.Starting(8)).lastEnd()).isEqualTo(exited);
    var up = instance.snapshotAfter(new ProcessEvent.BecameUp(WEB, Duration.ZERO, "running", 0), 0);
    assertThat(up.failure()).isNull();
    assertThat(up.lastEnd()).isEqualTo(exited);
  }

  @Test
  void an_exit_that_was_asked_for_is_no_failure() {
    in(1, new ProcessState.Stopping(7, ProcessState.StopSignal.TERM));
    var exited = new ProcessEvent.Exited(WEB, 7, CRASH, Duration.ofSeconds(1), true);

    assertThat(instance.snapshotAfter(exited, 0).failure()).isNull();
  }

  @Test
  void a_remark_holds_until_the_state_changes() {
    in(1, new ProcessState.Starting(7));
    var silent = new ProcessEvent.NotListening(WEB, 5000, new TreeSet<>());

    assertThat(instance.snapshotAfter(silent, 0).remark()).isEqualTo(silent);
    assertThat(in(1, new ProcessState.Up(7)).remark()).isNull();
  }

  @Test
  void an_instance_is_pending_from_its_start_until_it_is_ready() {
    assertThat(moved(true, 0, new ProcessState.Down(), 1)).isFalse();
    assertThat(instance.member(9).pending()).isZero();
    assertThat(moved(true, 0, new ProcessState.Spawning(), 10)).isTrue();
    assertThat(moved(true, 0, new ProcessState.Starting(7), 20)).isFalse();
    assertThat(instance.member(25))
        .isEqualTo(new StartGate.Member(WEB, instance.instance(), Duration.ofNanos(15)));
    assertThat(moved(true, 0, new ProcessState.Up(7), 30)).isFalse();
    assertThat(instance.member(35).pending()).isZero();
  }

  @Test
  void the_time_in_which_it_waited_for_others_does_not_count() {
    assertThat(moved(true, 0, new ProcessState.Waiting(), 10)).isTrue();
    assertThat(instance.member(15).pending()).isEqualTo(Duration.ofNanos(5));
    assertThat(moved(true, 0, new ProcessState.Spawning(), 20)).isTrue();
    assertThat(instance.member(25).pending()).isEqualTo(Duration.ofNanos(5));
  }

  private boolean moved(boolean wanted, int neverUp, ProcessState next, long now) {
    return instance.instance(new Instance(wanted, 1, neverUp, neverUp, next), now);
  }

  private String whyNotReady(int neverUp, ProcessState state) {
    var _ = moved(true, neverUp, state, 0);
    var started = List.of(new InstanceName(new ProcessType("worker"), 1));
    var event = instance.notReady(started, "its port", Duration.ofSeconds(61).toNanos());
    assertThat(event).isInstanceOf(ProcessEvent.NotReady.class);
    assertThat(((ProcessEvent.NotReady) event).started()).isEqualTo(started);
    return ((ProcessEvent.NotReady) event).why();
  }

  @Test
  void the_reason_for_not_being_ready_is_reported() {
    assertThat(whyNotReady(0, new ProcessState.Starting(7)))
        .isEqualTo("61 s were not enough for its port");
    assertThat(whyNotReady(2, new ProcessState.Backoff(CRASH)))
        .isEqualTo("61 s were not enough for its port");
    assertThat(whyNotReady(3, new ProcessState.Backoff(CRASH)))
        .isEqualTo("it has exited 3 times without becoming ready");
    assertThat(whyNotReady(3, new ProcessState.Down())).isEqualTo("it is stopped");
    assertThat(whyNotReady(3, new ProcessState.Ended(CRASH))).isEqualTo("exited with code 1");
  }

  @Test
  void what_it_waits_for_is_kept() {
    assertThat(instance.blockers()).isEmpty();
    instance.blockers(List.of(WEB));
    assertThat(instance.blockers()).containsExactly(WEB);
  }

  @Test
  void a_stop_was_ordered_until_it_is_wanted_again() {
    var _ = moved(false, 0, new ProcessState.Down(), 0);
    assertThat(instance.isStopOrdered()).isFalse();
    assertThat(instance.ordered(Order.STOP, 0)).isEqualTo(Order.STOP);
    assertThat(instance.isStopOrdered()).isTrue();
    var _ = moved(true, 0, new ProcessState.Spawning(), 0);
    assertThat(instance.isStopOrdered()).isFalse();
  }

  @Test
  void without_a_process_there_is_none_to_ask() {
    assertThat(instance.process(0)).isNull();
    assertThat(instance.screen()).isNull();
    instance.resize(new WindowSize(80, 24));
  }

  @Test
  void an_order_clears_a_failure() {
    in(1, new ProcessState.Up(7));
    var exited = new ProcessEvent.Exited(WEB, 7, CRASH, Duration.ofSeconds(1), false);
    assertThat(instance.snapshotAfter(exited, 0).failure()).isEqualTo(exited);
    var _ = instance.instance(new Instance(true, 2, 1, 1, new ProcessState.Spawning()), 0);
    var changed =
        new ProcessEvent.Changed(
            WEB, 5000, new ProcessState.Backoff(CRASH), new ProcessState.Spawning());
    var again = instance.snapshotAfter(changed, 0);
    assertThat(again.failure()).as("started by itself").isEqualTo(exited);
    assertThat(again.failedGeneration()).isEqualTo(1);

    assertThat(in(3, new ProcessState.Waiting()).failure()).as("started by a person").isNull();
    assertThat(instance.snapshotAfter(changed, 0).failedGeneration()).isZero();
  }

  @Test
  void a_start_that_failed_is_an_end_and_a_clean_exit_no_failure() {
    in(1, new ProcessState.Spawning());
    var failed = new ProcessEvent.NotStarted(WEB, "why", null);
    var snapshot = instance.snapshotAfter(failed, 0);
    assertThat(snapshot.failure()).isEqualTo(failed);
    assertThat(snapshot.lastEnd()).isEqualTo(failed);
    in(2, new ProcessState.Up(7));
    var clean = new ProcessEvent.Exited(WEB, 7, ExitStatus.of(0), Duration.ZERO, false);
    assertThat(instance.snapshotAfter(clean, 0).failure()).isEqualTo(failed);
  }

  @Test
  void a_snapshot_has_the_time_of_the_start() {
    assertThat(in(1, new ProcessState.Starting(7)).startedAt()).isZero();
    var started = new ProcessEvent.Started(WEB, 7, 5000);
    assertThat(instance.snapshotAfter(started, 77).startedAt()).isEqualTo(77);
    assertThat(in(1, new ProcessState.Up(7)).startedAt()).isEqualTo(77);
  }

  static List<ProcessEvent> remarks() {
    return List.of(
        new ProcessEvent.BecameUp(WEB, Duration.ZERO, "running", 0),
        new ProcessEvent.Waiting(WEB, List.of(), true),
        new ProcessEvent.NotReady(WEB, "why", List.of()),
        new ProcessEvent.Notified(WEB, "busy"),
        new ProcessEvent.BackgroundProcesses(WEB, CRASH),
        new ProcessEvent.Unkillable(WEB, List.of()));
  }

  @ParameterizedTest
  @MethodSource("remarks")
  void a_remark_describes_the_current_state(ProcessEvent event) {
    var now = instance.snapshotAfter(event, 0);

    assertThat(now.remark()).isEqualTo(event);
    assertThat(now.isUnkillable()).isEqualTo(event instanceof ProcessEvent.Unkillable);
    var killed = new ProcessEvent.CommandMissing(WEB, "why");
    assertThat(instance.snapshotAfter(killed, 0).remark()).isEqualTo(event);
  }

  @Test
  void a_stop_given_again_a_second_later_kills() {
    var _ = instance.instance(new Instance(true, 1, 0, 0, new ProcessState.Up(7)), 0);
    assertThat(instance.ordered(Order.STOP, 0)).isEqualTo(Order.STOP);
    var stopping = new ProcessState.Stopping(7, ProcessState.StopSignal.TERM);
    var _ = instance.instance(new Instance(false, 1, 0, 0, stopping), 0);

    assertThat(instance.ordered(Order.STOP, 999_999_999)).isEqualTo(Order.STOP);
    assertThat(instance.ordered(Order.STOP, 1_000_000_000)).isEqualTo(Order.KILL);
    assertThat(instance.ordered(Order.START, 2_000_000_000)).isEqualTo(Order.START);
    assertThat(instance.ordered(Order.STOP, 9_000_000_000L)).isEqualTo(Order.STOP);
  }
}
