package jlocal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.TreeSet;
import jlocal.formation.InstanceName;
import jlocal.formation.ProcessSpec;
import jlocal.os.ExitStatus;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile.Command;
import org.junit.jupiter.api.Test;

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
