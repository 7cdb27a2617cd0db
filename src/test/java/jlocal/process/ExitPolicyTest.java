package jlocal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import jlocal.formation.InstanceName;
import jlocal.os.ExitStatus;
import jlocal.os.LiveProcess;
import jlocal.procfile.ProcessType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExitPolicyTest {
  private static final InstanceName WEB = new InstanceName(ProcessType.WEB, 1);
  private static final InstanceName WORKER = new InstanceName(new ProcessType("worker"), 1);

  private static final ExitPolicy.Rules RULES =
      new ExitPolicy.Rules(ExitPolicy.OnExit.STOP, Set.of(), true);

  private static ExitPolicy policy(ExitPolicy.OnExit onExit, boolean unattended) {
    var policy = new ExitPolicy(new ExitPolicy.Rules(onExit, Set.of(WORKER.type()), unattended));
    runs(policy, WEB);
    runs(policy, WORKER);
    return policy;
  }

  private static void runs(ExitPolicy policy, InstanceName name) {
    var spawning = new ProcessState.Spawning();
    policy.on(new ProcessEvent.Changed(name, 5000, new ProcessState.Down(), spawning), 0);
  }

  private static ExitPolicy.@Nullable Decision ends(
      ExitPolicy policy, InstanceName name, int code) {
    var status = ExitStatus.of(code);
    var ended = new ProcessState.Ended(status);
    policy.on(new ProcessEvent.Changed(name, 5000, new ProcessState.Up(1), ended), 0);
    return policy.on(new ProcessEvent.GaveUp(name, status, 1), 0);
  }

  private static ExitPolicy.@Nullable Decision crashes(
      ExitPolicy policy, InstanceName name, int second) {
    var exited = new ProcessEvent.Exited(name, 1, ExitStatus.of(3), Duration.ZERO, false);
    return policy.on(exited, Duration.ofSeconds(1000 + second).toNanos());
  }

  @Test
  void the_app_ends_when_no_instance_is_left_that_could_run() {
    var policy = policy(ExitPolicy.OnExit.KEEP, false);

    assertThat(ends(policy, WEB, 0)).isNull();
    assertThat(ends(policy, WORKER, 0)).isEqualTo(new ExitPolicy.Decision.AllEnded(0));
  }

  @Test
  void the_exit_code_is_that_of_the_first_crash() {
    var policy = policy(ExitPolicy.OnExit.KEEP, false);

    assertThat(ends(policy, WORKER, 7)).isNull();
    assertThat(ends(policy, WEB, 137)).isEqualTo(new ExitPolicy.Decision.AllEnded(7));
  }

  @Test
  void an_instance_that_waits_for_its_next_start_keeps_the_app_alive() {
    var policy = policy(ExitPolicy.OnExit.KEEP, false);
    var cooling = new ProcessState.Backoff(ExitStatus.of(1));
    policy.on(new ProcessEvent.Changed(WORKER, 5000, new ProcessState.Up(1), cooling), 0);

    assertThat(ends(policy, WEB, 0)).isNull();
  }

  @Test
  void with_stop_the_first_end_ends_all_and_determines_the_exit_code() {
    assertThat(ends(policy(ExitPolicy.OnExit.STOP, false), WEB, 3))
        .isEqualTo(new ExitPolicy.Decision.OneEnded(WEB, 3));
    assertThat(ends(policy(ExitPolicy.OnExit.STOP, false), WEB, 0))
        .isEqualTo(new ExitPolicy.Decision.OneEnded(WEB, 0));
  }

  @Test
  void with_stop_a_type_that_can_die_does_not_end_the_others() {
    assertThat(ends(policy(ExitPolicy.OnExit.STOP, false), WORKER, 0)).isNull();
  }

  @Test
  void five_crashes_within_a_minute_end_an_unattended_app() {
    var policy = policy(ExitPolicy.OnExit.KEEP, true);

    for (int second = 0; second < 4; second++) assertThat(crashes(policy, WEB, second)).isNull();
    assertThat(crashes(policy, WEB, 60)).isEqualTo(new ExitPolicy.Decision.CrashLoop(WEB, 3));
  }

  @Test
  void five_crashes_in_more_than_a_minute_do_not() {
    var policy = policy(ExitPolicy.OnExit.KEEP, true);

    for (int second = 0; second < 4; second++) assertThat(crashes(policy, WEB, second)).isNull();
    assertThat(crashes(policy, WEB, 61)).isNull();
  }

  @Test
  void crashes_do_not_end_an_attended_app() {
    var policy = policy(ExitPolicy.OnExit.KEEP, false);

    for (int second = 0; second < 9; second++) assertThat(crashes(policy, WEB, second)).isNull();
  }

  @Test
  void a_command_that_cannot_be_started_counts_as_failed() {
    var policy = policy(ExitPolicy.OnExit.KEEP, false);
    var down = new ProcessState.Down();
    policy.on(new ProcessEvent.Changed(WORKER, 5000, new ProcessState.Spawning(), down), 0);
    assertThat(policy.on(new ProcessEvent.NotStarted(WORKER, "later", Duration.ofSeconds(1)), 0))
        .isNull();
    policy.on(new ProcessEvent.NotStarted(WORKER, "no such file", null), 0);

    assertThat(ends(policy, WEB, 0)).isEqualTo(new ExitPolicy.Decision.AllEnded(126));
  }

  @Test
  void a_start_that_is_retried_does_not_end_the_app() {
    var later = new ProcessEvent.NotStarted(WEB, "later", Duration.ofSeconds(1));

    assertThat(policy(ExitPolicy.OnExit.STOP, true).on(later, 0)).isNull();
    assertThat(new ExitPolicy(RULES).on(later, 0)).isNull();
    assertThat(new ExitPolicy(RULES).on(new ProcessEvent.NotStarted(WEB, "no", null), 0))
        .isEqualTo(new ExitPolicy.Decision.AllEnded(126));
  }

  static List<ProcessEvent> others() {
    var process = new LiveProcess(7, true, "sleep", "", true, false);
    return List.of(
        new ProcessEvent.Started(WEB, 7, 5000),
        new ProcessEvent.BecameUp(WEB, Duration.ZERO, "running", 0),
        new ProcessEvent.Waiting(WEB, List.of(), true),
        new ProcessEvent.NotReady(WEB, "why", List.of()),
        new ProcessEvent.Notified(WEB, "busy"),
        new ProcessEvent.WatchdogTimeout(WEB, Duration.ZERO),
        new ProcessEvent.CommandMissing(WEB, "why"),
        new ProcessEvent.Restarting(WEB, Duration.ZERO, 1),
        new ProcessEvent.SlowToStop(WEB, process, Duration.ZERO, false),
        new ProcessEvent.Killed(WEB, process),
        new ProcessEvent.Unkillable(WEB, List.of(process)),
        new ProcessEvent.NotListening(WEB, 5000, new TreeSet<>()));
  }

  @ParameterizedTest
  @MethodSource("others")
  void other_events_decide_nothing(ProcessEvent event) {
    assertThat(new ExitPolicy(RULES).on(event, 0)).isNull();
  }
}
