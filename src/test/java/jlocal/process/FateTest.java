package jlocal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import jlocal.formation.InstanceName;
import jlocal.os.ExitStatus;
import jlocal.procfile.ProcessType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FateTest {
  private static final InstanceName WEB = new InstanceName(ProcessType.WEB, 1);
  private static final InstanceName WORKER = new InstanceName(new ProcessType("worker"), 1);

  private static Fate fate(OnExit onExit, boolean impatient) {
    var fate = new Fate(new FatePolicy(onExit, Set.of(WORKER.type()), impatient));
    runs(fate, WEB);
    runs(fate, WORKER);
    return fate;
  }

  private static void runs(Fate fate, InstanceName name) {
    var spawning = new ProcessState.Spawning();
    fate.on(new ProcessEvent.Changed(name, 5000, new ProcessState.Down(), spawning), 0);
  }

  private static @Nullable Verdict ends(Fate fate, InstanceName name, int code) {
    var status = ExitStatus.of(code);
    var ended = new ProcessState.Ended(status);
    fate.on(new ProcessEvent.Changed(name, 5000, new ProcessState.Up(1), ended), 0);
    return fate.on(new ProcessEvent.GaveUp(name, status, 1), 0);
  }

  private static @Nullable Verdict crashes(Fate fate, InstanceName name, int second) {
    var exited = new ProcessEvent.Exited(name, 1, ExitStatus.of(3), Duration.ZERO, false);
    return fate.on(exited, Duration.ofSeconds(second).toNanos());
  }

  @Test
  void the_app_ends_when_no_instance_is_left_that_could_run() {
    var fate = fate(OnExit.KEEP, false);

    assertThat(ends(fate, WEB, 0)).isNull();
    assertThat(ends(fate, WORKER, 0)).isEqualTo(new Verdict.AllEnded(0));
  }

  @Test
  void the_code_is_that_of_the_first_that_crashed() {
    var fate = fate(OnExit.KEEP, false);

    assertThat(ends(fate, WORKER, 7)).isNull();
    assertThat(ends(fate, WEB, 137)).isEqualTo(new Verdict.AllEnded(7));
  }

  @Test
  void an_instance_that_waits_for_its_next_start_keeps_the_app_alive() {
    var fate = fate(OnExit.KEEP, false);
    var cooling = new ProcessState.CoolingOff(ExitStatus.of(1));
    fate.on(new ProcessEvent.Changed(WORKER, 5000, new ProcessState.Up(1), cooling), 0);

    assertThat(ends(fate, WEB, 0)).isNull();
  }

  @Test
  void with_stop_one_end_ends_all_and_gives_the_code() {
    assertThat(ends(fate(OnExit.STOP, false), WEB, 3)).isEqualTo(new Verdict.OneEnded(WEB, 3));
    assertThat(ends(fate(OnExit.STOP, false), WEB, 0)).isEqualTo(new Verdict.OneEnded(WEB, 0));
  }

  @Test
  void with_stop_a_type_that_can_die_may_end() {
    assertThat(ends(fate(OnExit.STOP, false), WORKER, 0)).isNull();
  }

  @Test
  void five_crashes_within_a_minute_end_an_app_nobody_watches() {
    var fate = fate(OnExit.KEEP, true);

    for (int second = 0; second < 4; second++) assertThat(crashes(fate, WEB, second)).isNull();
    assertThat(crashes(fate, WEB, 60)).isEqualTo(new Verdict.CrashLoop(WEB, 3));
  }

  @Test
  void five_crashes_in_more_than_a_minute_do_not() {
    var fate = fate(OnExit.KEEP, true);

    for (int second = 0; second < 4; second++) assertThat(crashes(fate, WEB, second)).isNull();
    assertThat(crashes(fate, WEB, 61)).isNull();
  }

  @Test
  void crashes_do_not_end_an_app_somebody_watches() {
    var fate = fate(OnExit.KEEP, false);

    for (int second = 0; second < 9; second++) assertThat(crashes(fate, WEB, second)).isNull();
  }

  @Test
  void a_command_that_cannot_be_started_counts_as_failed() {
    var fate = fate(OnExit.KEEP, false);
    var down = new ProcessState.Down();
    fate.on(new ProcessEvent.Changed(WORKER, 5000, new ProcessState.Spawning(), down), 0);
    assertThat(fate.on(new ProcessEvent.NotStarted(WORKER, "later", Duration.ofSeconds(1)), 0))
        .isNull();
    fate.on(new ProcessEvent.NotStarted(WORKER, "no such file", null), 0);

    assertThat(ends(fate, WEB, 0)).isEqualTo(new Verdict.AllEnded(126));
  }
}
