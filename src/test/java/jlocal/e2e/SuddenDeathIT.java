package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import jlocal.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** jlocal is killed, or its terminal is closed. */
@Execution(ExecutionMode.CONCURRENT)
class SuddenDeathIT {
  private static final String TREE =
      "(setsid sh -c 'sleep 1001; :' &); sleep 1002 & echo ready; sleep 1003";

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private void untilNothingIsLeft(Running run) {
    run.until("nothing left", () -> sandbox.children().isEmpty());
  }

  @Test
  void nothing_survives_kill_9() throws Exception {
    sandbox.given("Procfile", "a: " + TREE + "\nb: trap '' TERM; " + TREE + "\n");

    Running run = sandbox.start("-t", "1").until("ready", 2).signal("KILL");

    assertThat(run.end().status()).isEqualTo(137);
    untilNothingIsLeft(run);
  }

  @Test
  void nothing_survives_kill_9_in_the_middle_of_the_start() throws Exception {
    sandbox.given("Procfile", "a: sleep 1000\n");

    Running run = sandbox.start("-m", "a=40", "-t", "1").until("a.1 started").signal("KILL");

    untilNothingIsLeft(run);
  }

  @Test
  void nor_does_the_watchdogs_own_clock() throws Exception {
    sandbox.given("Procfile", "a: sleep 1000\n");

    Running run = sandbox.start("-t", "600").until("a.1 started").signal("KILL");

    untilNothingIsLeft(run);
  }

  /** A daemon that cleared its environment is identified only by its cgroup. */
  @Test
  @EnabledIf("cgroupsCanBeMade")
  void nothing_survives_kill_9_where_there_are_cgroups() throws Exception {
    String unique = "1001." + sandbox.port();
    sandbox.given("Procfile", "a: env -i setsid sleep " + unique + " & echo ready; sleep 1003\n");
    Running run = sandbox.start("-t", "1").until("ready");
    run.until("daemon", () -> isRunning("sleep " + unique));

    run.signal("KILL");

    run.until("no daemon", () -> !isRunning("sleep " + unique));
    untilNothingIsLeft(run);
  }

  private static boolean isRunning(String command) {
    return ProcessHandle.allProcesses()
        .anyMatch(process -> process.info().commandLine().orElse("").endsWith(command));
  }

  static boolean cgroupsCanBeMade() throws IOException {
    return Files.readString(Path.of("/proc/self/mountinfo"))
        .lines()
        .filter(line -> line.contains(" - cgroup2 "))
        .anyMatch(line -> Files.isWritable(Path.of(line.split(" ", 6)[4], "cgroup.procs")));
  }

  @Test
  void leftovers_of_a_run_without_watchdog_are_ended_by_the_next_start() throws Exception {
    sandbox.given("Procfile", "a: (setsid sleep 1001 &); [ -e second ] || exec sleep 1002\n");
    Running first = sandbox.start().until("a.1 is up");
    assertThat(sandbox.children()).hasSize(2);
    first.until("a watchdog", () -> !sandbox.watchdogs().isEmpty());
    sandbox.watchdogs().forEach(pid -> first.signal("KILL", pid));
    first.signal("KILL").end();
    assertThat(sandbox.children()).hasSize(2);

    String ended = "ended 2 processes that an earlier run of this app had left behind";
    Running second = sandbox.given("second", "").start().until(ended);

    assertThat(sandbox.children()).hasSize(1);
    second.stop();
  }

  /** Its own shutdown is in progress then. */
  @Test
  void a_watchdog_is_no_leftover() throws Exception {
    sandbox.given("Procfile", "a: sleep 1000\n");
    Running first = sandbox.start("-t", "1").until("a.1 is up");
    first.until("a watchdog", () -> !sandbox.watchdogs().isEmpty());
    long watchdog = sandbox.watchdogs().getFirst();
    first.signal("STOP", watchdog);
    first.signal("KILL").end();

    Running second = sandbox.start().until("a.1 is up");

    assertThat(sandbox.watchdogs()).contains(watchdog);
    first.signal("CONT", watchdog);
    second.until("gone", () -> !sandbox.watchdogs().contains(watchdog)).stop();
  }

  @Test
  void another_app_is_no_leftover() throws Exception {
    sandbox.given("Procfile", "a: sleep 1000\n").given("other/Procfile", "a: true\n");
    Running first = sandbox.start().until("started");

    sandbox.jlocal("start", "-p", "" + (sandbox.port() + 300), "-d", ".").signal("INT").end();
    sandbox.start("-f", "other/Procfile", "-p", "" + (sandbox.port() + 300)).end();

    assertThat(first.isAlive()).isTrue();
    assertThat(sandbox.children()).hasSize(1);
    first.stop();
  }

  @Test
  void a_reader_that_goes_away_ends_it_quietly() throws Exception {
    sandbox.given("Procfile", "a: echo one; echo two; echo three; echo four; sleep 1000\n");

    Running run = sandbox.shell("jlocal start --no-proxy -p " + sandbox.port() + " | head -3");
    Finished done = run.end();

    assertThat(done.out().lines()).hasSize(3);
    assertThat(done.err()).isEmpty();
    assertThat(done.status()).isZero();
  }

  @Test
  void a_reader_that_went_away_is_noticed_when_the_next_line_is_due() throws Exception {
    sandbox.given("Procfile", "a: while :; do echo tick; sleep 0.1; done\n");

    Running run = sandbox.shell("jlocal start --no-proxy -p " + sandbox.port() + " | head -3");

    assertThat(run.end().status()).isZero();
  }

  /** A shell starts background commands with INT ignored. */
  @Test
  void kill_int_ends_what_a_script_has_put_into_the_background() throws Exception {
    sandbox.given("Procfile", "a: echo ready; sleep 1000\n");
    String start = "\"" + sandbox.launcher() + "\" start --no-proxy -p " + sandbox.port();

    Running run = sandbox.shell(start + " & echo $! >pid; wait $!; echo status $?").until("ready");
    run.signal("INT", Long.parseLong(sandbox.file("pid").strip()));

    assertThat(run.end().out()).endsWith("status 0\n");
  }

  @Test
  void nohup_keeps_it_from_ending_with_the_terminal() throws Exception {
    sandbox.given("Procfile", "a: echo ready; sleep 1000\n");
    String start = "\"" + sandbox.launcher() + "\" start --no-proxy -p " + sandbox.port();
    Running run = sandbox.shell("trap '' HUP; exec " + start).until("ready");

    run.signal("HUP").signal("USR1").until("ready", 2);

    assertThat(run.stop().out()).doesNotContain("SIGHUP");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void a_reader_that_does_not_read_does_not_hold_up_the_end(String signal) throws Exception {
    sandbox.given(
        "Procfile", "a: n=0; while :; do n=$((n+1)); echo $n; echo $n >&3; done 3>count\n");
    Running run = sandbox.unread("start", "--no-proxy", "-p", "" + sandbox.port(), "-t", "1000");
    run.until("full pipes", this::isStuck);

    Finished done = run.signal(signal).end();

    assertThat(done.status()).isZero();
  }

  /** Whether the child has not written for a while. */
  private boolean isStuck() {
    long before = count();
    return before > 1000 && !Await.within(Duration.ofMillis(300), () -> count() != before);
  }

  private long count() {
    return sandbox.root().resolve("count").toFile().length();
  }
}
