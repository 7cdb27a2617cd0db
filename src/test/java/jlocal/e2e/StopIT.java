package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The end of an app on request. */
@Execution(ExecutionMode.CONCURRENT)
class StopIT {
  private static final String DEAF = "trap '' TERM; echo ready; while :; do sleep 1; done";

  /** Needs a second to end. */
  private static final String SLOW =
      "trap 'sleep 1; echo saved; exit 0' TERM; echo ready; while :; do sleep 0.05; done";

  /** Ignores TERM until a file exists. */
  private static final String DEAF_TILL_ASKED =
      "trap '' TERM; echo ready; until [ -e go ]; do sleep 0.05; done";

  /** Numbers its lines until TERM, then reports their number. */
  private static final String CHATTY =
      """
      import os, signal
      over = False
      def end(*_):
          global over
          over = True
      signal.signal(signal.SIGTERM, end)
      n = 0
      while not over:
          n += 1
          os.write(1, b'line %d\\n' % n)
      os.write(1, b'last %d\\n' % n)
      """;

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @Test
  void last_words_are_printed() throws Exception {
    sandbox.given(
        "Procfile",
        "web: trap 'seq 1 5000; printf end; exit' TERM; echo ready; sleep 1000 & wait\n");

    Finished done = sandbox.start().until("ready").stop();

    assertThat(done.lines("web.1")).hasSize(5002).startsWith("ready", "1").endsWith("5000", "end");
  }

  @Test
  void all_are_asked_at_once() throws Exception {
    String slow =
        ": trap 'touch $PS; until [ -e a.1 ] && [ -e b.1 ]; do sleep 0.05; done; exit' TERM; echo"
            + " ready; sleep 1000 & wait\n";
    sandbox.given("Procfile", "a" + slow + "b" + slow);

    Finished done = sandbox.start("-t", "25").until("ready", 2).stop();

    assertThat(done.out()).doesNotContain("killed");
  }

  @Test
  void a_process_that_ignores_term_is_reported_and_killed_after_the_grace_period()
      throws Exception {
    sandbox.given("Procfile", "deaf: " + DEAF + "\n");

    Finished done = sandbox.start("-t", "2").until("ready").stop();

    assertThat(done.lines("manager"))
        .anyMatch(line ->
            line.matches(
                "waiting for deaf.1 \\(pid \\d+, ignoring TERM, \\d s left;"
                    + " Ctrl-C again to kill\\)"))
        .anyMatch(line -> line.matches("deaf.1 did not end by itself: killed \\(pid \\d+\\)"))
        .anyMatch(line -> line.startsWith("deaf.1 terminated by SIGKILL"));
    assertThat(done.status()).isZero();
  }

  @Test
  void the_child_that_holds_out_is_named_not_its_leader_that_has_gone() throws Exception {
    sandbox.given(
        "Procfile", "c: (trap '' TERM; echo child $BASHPID; while :; do sleep 0.1; done) & wait\n");

    Running run = sandbox.start("-t", "1.5", "--shell", "bash").until("| child ");
    String child = run.find("child (\\d+)");
    Finished done = run.stop();

    assertThat(done.out())
        .contains("waiting for c.1 (pid " + child + " bash, ignoring TERM")
        .contains("c.1 did not end by itself: killed (pid " + child + " bash)");
  }

  @Test
  void the_log_says_how_to_kill_by_what_was_asked() throws Exception {
    sandbox.given("Procfile", "deaf: " + DEAF + "\n");
    Running run = sandbox.start("-t", "1000").until("ready");

    Running stop = sandbox.jlocal("stop", "deaf");
    run.until("s left; 'jlocal stop deaf.1' again to kill)");
    Running again = sandbox.jlocal("stop", "deaf");
    stop.end();
    again.end();
    sandbox.run("start", "deaf");
    run.signal("TERM").until("s left; SIGTERM again to kill)").signal("TERM").end();

    assertThat(run.out()).doesNotContain("Ctrl-C");
  }

  @Test
  void a_second_ctrl_c_kills_at_once() throws Exception {
    sandbox.given("Procfile", "deaf: " + DEAF + "\n");

    Running run = sandbox.start("-t", "1000").until("ready").signal("INT").until("waiting for");

    Finished done = run.signal("INT").end();

    assertThat(done.lines("manager"))
        .contains("SIGINT received: stopping", "SIGINT received again: killing");
    assertThat(done.status()).isEqualTo(130);
  }

  @Test
  void a_second_term_kills_at_once() throws Exception {
    sandbox.given("Procfile", "deaf: " + DEAF + "\n");

    Running run = sandbox.start("-t", "1000").until("ready").signal("TERM").until("waiting for");

    assertThat(run.signal("TERM").end().status()).isEqualTo(143);
  }

  /** As with wrappers of {@code jlocal start}: the group gets the signal, and so do we. */
  @ParameterizedTest
  @CsvSource({"TERM TERM, SIGTERM", "INT TERM, SIGINT", "HUP TERM, SIGHUP", "INT INT INT, SIGINT"})
  void signals_that_come_together_are_one_request(String signals, String first) throws Exception {
    sandbox.given("Procfile", "slow: " + SLOW + "\n");
    Running run = sandbox.start("-t", "60").until("ready");

    var kills = new StringBuilder();
    for (String signal : signals.split(" ", -1))
      kills.append("kill -" + signal + " " + run.pid() + ";");
    sandbox.shell(kills.toString()).end();
    Finished done = run.end();

    assertThat(done.lines("slow.1")).endsWith("saved");
    assertThat(done.out()).contains("received: stopping").doesNotContain("killing", "killed");
    assertThat(done.status()).isZero();
  }

  @Test
  void a_wrapper_that_passes_ctrl_c_on_takes_no_grace_period() throws Exception {
    sandbox.given("Procfile", "slow: " + SLOW + "\n");
    sandbox.given(
        "wrapper.py",
        """
        import signal, subprocess, sys
        child = subprocess.Popen(sys.argv[1:])
        for s in (signal.SIGINT, signal.SIGTERM):
            signal.signal(s, lambda n, _: child.send_signal(n))
        sys.exit(child.wait())
        """);
    try (var terminal = sandbox.terminal()) {
      terminal
          .type(
              "python3 wrapper.py jlocal start -t 60 --no-proxy -p "
                  + sandbox.port()
                  + "; echo status=$?")
          .until("| ready");

      terminal.press("C-c").until("status=0");

      assertThat(terminal.screen()).contains("| saved").doesNotContain("killing");
    }
  }

  @Test
  void a_stop_joins_a_crash_loop_s_end_and_the_exit_code_stays_the_crash_s() throws Exception {
    sandbox.given(
        "Procfile",
        "deaf: " + DEAF_TILL_ASKED + "\nbad: until [ -e crash ]; do sleep 0.1; done; exit 7\n");
    Running run = sandbox.start("-t", "60", "--on-exit", "stop").until("ready");
    sandbox.given("crash", "");
    run.until("(--on-exit stop)");

    Running stop = sandbox.jlocal("stop");
    run.until("jlocal stop: already stopping");
    sandbox.given("go", "");

    assertThat(stop.end().out()).contains("the app has ended");
    assertThat(run.end().out()).doesNotContain("killed");
    assertThat(run.end().status()).isEqualTo(7);
  }

  @Test
  void a_stop_joins_the_end_that_a_signal_began() throws Exception {
    sandbox.given("Procfile", "deaf: " + DEAF_TILL_ASKED + "\n");
    Running run = sandbox.start("-t", "60").until("ready").signal("TERM").until("waiting for");

    Running stop = sandbox.jlocal("stop");
    run.until("jlocal stop: already stopping");
    sandbox.given("go", "");

    assertThat(run.end().out()).doesNotContain("killed");
    assertThat(stop.end().status()).isZero();
  }

  @Test
  void two_stops_at_once_are_one_and_a_later_one_kills() throws Exception {
    sandbox.given("Procfile", "deaf: " + DEAF + "\n");
    Running run = sandbox.start("-t", "1000").until("ready");

    Running two = sandbox.shell("jlocal stop & jlocal stop & wait");
    run.until("jlocal stop: stopping").until("waiting for");
    assertThat(run.out()).doesNotContain("killing");
    assertThat(sandbox.run("stop").status()).isZero();

    two.end();
    assertThat(run.end().status()).isZero();
    assertThat(run.out()).contains("jlocal stop again: killing");
  }

  @Test
  void grandchildren_daemons_and_stopped_processes_are_gone_too() throws Exception {
    sandbox.given(
        "Procfile",
        """
        tree: sleep 1001 & (sleep 1002; :) & echo ready; wait
        daemon: (setsid sh -c 'sleep 1003; :' &); echo ready; sleep 1004
        deafdaemon: (setsid sh -c 'trap "" TERM; sleep 1005; :' &); echo ready; sleep 1006
        stopped: sleep 1007 & kill -STOP $!; echo ready; kill -STOP $$
        """);
    Running run = sandbox.start("-t", "1").until("ready", 4);
    assertThat(sandbox.children()).hasSizeGreaterThan(8);

    run.stop();

    assertThat(sandbox.children()).isEmpty();
  }

  @Test
  void a_chatty_process_loses_no_line() throws Exception {
    sandbox.given("Procfile", "chatty: python3 chatty.py\n").given("chatty.py", CHATTY);

    Finished done = sandbox.start().until("line 2000\n").stop();

    var lines = done.lines("chatty.1");
    int last = Integer.parseInt(lines.getLast().replace("last ", ""));
    var numbered = IntStream.rangeClosed(1, last).mapToObj(n -> "line " + n);
    assertThat(lines.subList(0, lines.size() - 1).equals(numbered.toList())).isTrue();
  }

  @Test
  void a_crash_between_two_starts_does_not_hold_up_the_end() throws Exception {
    sandbox.given("Procfile", "web: exit 1\nother: sleep 1000\n");

    Running run = sandbox.start().until("web.1 again in 2 s");

    assertThat(run.signal("TERM").end(Duration.ofSeconds(10)).status()).isZero();
  }

  @Test
  void a_signal_in_the_middle_of_the_start_ends_all() throws Exception {
    sandbox.given("Procfile", "web: sleep 1000\n");

    Finished done = sandbox.start("-m", "web=40").until("web.1 started").stop();

    assertThat(sandbox.children()).isEmpty();
    assertThat(done.status()).isZero();
  }
}
