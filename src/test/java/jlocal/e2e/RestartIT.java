package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The effect of a process's end on itself and on others. */
@Execution(ExecutionMode.CONCURRENT)
class RestartIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @Test
  void a_crash_is_followed_by_a_start_at_once_then_by_longer_and_longer_waits() throws Exception {
    sandbox.given("Procfile", "web: echo try; exit 1\nother: sleep 1000\n");

    Running run = sandbox.start().until("try\n", 3);

    assertThat(run.lines("manager"))
        .contains(
            "starting web.1 again at once (crash 1)", "starting web.1 again in 1 s (crash 2)");
    assertThat(run.stop().status()).isZero();
  }

  @Test
  void without_a_terminal_five_crashes_in_a_minute_end_the_app() throws Exception {
    sandbox.given("Procfile", "web: echo attempt; exit 9\nother: sleep 1000\n");

    Finished done = sandbox.start().end();

    assertThat(done.lines("web.1")).hasSize(5);
    assertThat(done.status()).isEqualTo(9);
    assertThat(done.lines("manager"))
        .contains(
            "stopping: web.1 crashed 5 times within 60 s, and there is no terminal to fix it"
                + " from")
        .containsSequence("  attempt", "---")
        .doesNotContain("starting web.1 again in 8 s (crash 5)");
  }

  @Test
  void a_clean_exit_stays_so_and_the_others_run_on() throws Exception {
    sandbox.given("Procfile", "job: true\nweb: while ! [ -e enough ]; do sleep 0.05; done\n");

    Running run = sandbox.start().until("job.1 exited with code 0");
    sandbox.given("enough", "");
    Finished done = run.end();

    assertThat(done.out()).doesNotContain("starting job.1 again");
    assertThat(done.status()).isZero();
  }

  @Test
  void on_exit_stop_ends_the_others_with_the_first() throws Exception {
    sandbox.given("Procfile", "web: trap 'echo bye; exit' TERM; sleep 1000 & wait\njob: exit 6\n");

    Finished done = sandbox.start("--on-exit", "stop", "--restart", "never").end();

    assertThat(done.lines("manager"))
        .contains("job.1 has ended; stopping the others (--on-exit stop)");
    assertThat(done.status()).isEqualTo(6);
  }

  @Test
  void a_type_that_can_die_does_not_end_the_app() throws Exception {
    sandbox.given(
        "Procfile", "web: while ! [ -e enough ]; do sleep 0.05; done; exit 3\njob: exit 6\n");

    Running run =
        sandbox
            .start("--on-exit", "stop", "--restart", "never", "--can-die", "job")
            .until("job.1 exited with code 6");
    sandbox.given("enough", "");
    Finished done = run.end();

    assertThat(done.lines("manager")).anyMatch(line -> line.startsWith("web.1 exited with code 3"));
    assertThat(done.status()).isEqualTo(3);
  }

  @Test
  void never_means_never_and_always_means_a_clean_exit_too() throws Exception {
    sandbox.given("Procfile", "web: echo go; exit ${CODE}\n");

    Finished never = sandbox.variable("CODE", "1").start("--restart", "never").end();
    Running always = sandbox.variable("CODE", "0").start("--restart", "always").until("go\n", 2);

    assertThat(never.lines("web.1")).containsExactly("go");
    assertThat(always.stop().status()).isZero();
  }

  @Test
  void usr1_restarts_all() throws Exception {
    sandbox.given(
        "Procfile",
        """
        a: trap 'echo a goes; exit' TERM; echo a comes; sleep 1000 & wait
        b: trap 'echo b goes; exit' TERM; echo b comes; sleep 1000 & wait
        """);
    Running run = sandbox.start().until("a comes").until("b comes");

    run.signal("USR1").until("a comes", 2).until("b comes", 2);

    assertThat(run.lines("a.1")).containsExactly("a comes", "a goes", "a comes");
    assertThat(run.lines("b.1")).containsExactly("b comes", "b goes", "b comes");
    run.stop();
  }

  @Test
  void a_command_that_does_not_exist_is_reported() throws Exception {
    sandbox.given("Procfile", "web: no-such-program --serve\n");

    Finished done = sandbox.start("--restart", "never").end(Duration.ofSeconds(20));

    assertThat(done.lines("web.1")).anyMatch(line -> line.contains("no-such-program"));
    assertThat(done.lines("manager"))
        .anyMatch(line -> line.startsWith("web.1 exited with code 127"));
    assertThat(done.status()).isEqualTo(127);
  }
}
