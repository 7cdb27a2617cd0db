package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The end of an app that somebody ends. */
class StopIT {
  private static final String DEAF = "trap '' TERM; echo ready; while :; do sleep 1; done";

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
        ": trap 'touch $PS; until [ -e a.1 ] && [ -e b.1 ]; do sleep 0.05; done; exit' TERM; echo ready; sleep 1000 & wait\n";
    sandbox.given("Procfile", "a" + slow + "b" + slow);

    Finished done = sandbox.start("-t", "25").until("ready", 2).stop();

    assertThat(done.out()).doesNotContain("killed");
  }

  @Test
  void who_ignores_term_is_named_and_killed_after_the_grace() throws Exception {
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
    String chatty =
        "n=0; trap 'echo last $n; exit' TERM; while :; do n=$((n+1)); echo line $n; done";
    sandbox.given("Procfile", "chatty: " + chatty + "\n");

    Finished done = sandbox.start().until("line 2000\n").stop();

    var lines = done.lines("chatty.1");
    int last = Integer.parseInt(lines.getLast().replace("last ", ""));
    var expected = IntStream.rangeClosed(1, last).mapToObj(n -> "line " + n).toList();
    // The trap may run between counting and saying so.
    var said = lines.subList(0, lines.size() - 1);
    assertThat(said).isIn(expected, expected.subList(0, last - 1));
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
