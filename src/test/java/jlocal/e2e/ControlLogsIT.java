package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The log of a running app at another terminal. */
@Execution(ExecutionMode.CONCURRENT)
class ControlLogsIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private Running chatter() throws IOException {
    sandbox.given(
        "Procfile",
        """
        one: seq -f "one says %g" 5; exec sleep 1000
        two: printf '\\033[31mred\\033[0m two\\n'; exec sleep 1000
        """);
    return sandbox.start().until("one says 5").until("two.1 is up").until("one.1 is up");
  }

  @Test
  void kept_lines_are_shown_with_their_writer() throws Exception {
    Running run = chatter();

    Finished all = sandbox.run("logs");
    assertThat(all.status()).isZero();
    assertThat(all.lines("one.1"))
        .containsExactly("one says 1", "one says 2", "one says 3", "one says 4", "one says 5");
    assertThat(all.lines("two.1")).containsExactly("red two");
    assertThat(all.lines("manager")).anyMatch(line -> line.startsWith("one.1 is up after"));
    run.stop();
  }

  @Test
  void lines_are_chosen_by_number_writer_and_text() throws Exception {
    Running run = chatter();

    assertThat(sandbox.run("logs", "-n", "2", "-p", "one").out())
        .isEqualTo("one.1 | one says 4\none.1 | one says 5\n");
    assertThat(sandbox.run("logs", "one", "-n", "2").out())
        .isEqualTo(sandbox.run("logs", "-n", "2", "-p", "one").out());
    assertThat(sandbox.run("logs", "onne").err()).contains("one");
    assertThat(sandbox.run("logs", "--grep", "says [23]").out())
        .isEqualTo("one.1   | one says 2\none.1   | one says 3\n");
    assertThat(sandbox.run("logs", "-n", "1", "--grep", "says [23]").out())
        .isEqualTo("one.1   | one says 3\n");
    assertThat(sandbox.run("logs", "-s", "app", "-p", "two.1").out())
        .isEqualTo("two.1 | red two\n");
    assertThat(sandbox.run("logs", "-s", "router").out()).isEmpty();
    assertThat(sandbox.run("logs", "-s", "manager").lines("one.1")).isEmpty();
    assertThat(sandbox.run("logs", "--json", "-p", "two").out())
        .contains("\"source\":\"two.1\"")
        .contains("red");
    assertThat(sandbox.run("logs", "--color", "-p", "two").out()).contains("\u001b[31mred");
    assertThat(sandbox.run("logs", "--since", "1h", "-p", "two").out()).contains("red two");
    run.stop();
  }

  @Test
  void what_one_writes_does_not_empty_the_log_of_another() throws Exception {
    sandbox.given(
        "Procfile",
        "boss: echo quiet; exec sleep 1000\nnoisy: read -r _ < go; seq 1600; exec sleep 1000\n");
    sandbox.shell("mkfifo go").end();
    Running run = sandbox.start().until("quiet").until("boss.1 is up");
    sandbox.shell("echo > go").end();
    run.until("| 1600");

    assertThat(sandbox.run("logs", "boss").out()).isEqualTo("boss.1 | quiet\n");
    assertThat(sandbox.run("logs", "-s", "manager").out()).contains("boss.1 is up");
    assertThat(sandbox.run("logs", "manager").out()).contains("boss.1 is up");
    assertThat(sandbox.run("logs", "noisy", "-n", "9999").out().lines()).hasSize(1500);
    assertThat(sandbox.run("logs", "router").status()).isZero();
    assertThat(sandbox.run("logs", "managr").err()).contains("did you mean 'manager'?");
    assertThat(sandbox.run("logs", "manager.1").err()).contains("there is no 'manager.1'");
    run.stop();
  }

  @Test
  void a_reload_that_fails_shows_the_lines_of_the_run_that_failed() throws Exception {
    sandbox.given("Procfile", "one: echo fine; exec sleep 1000\n");
    Running run = sandbox.start().until("one.1 is up");

    sandbox.given("Procfile", "one: echo broken; exit 3\n");
    String said = sandbox.run("reload").err();
    sandbox.given("Procfile", "one: exit 4\n");
    String silent = sandbox.run("reload").err();

    assertThat(said).contains("one.1 exited with code 3", "  broken").doesNotContain("fine");
    assertThat(silent).contains("one.1 exited with code 4").doesNotContain("fine", "broken");
    run.stop();
  }

  @Test
  void names_that_do_not_exist_are_refused() throws Exception {
    Running run = chatter();

    assertThat(sandbox.run("logs", "-p", "tow").err()).contains("did you mean 'two'?");
    assertThat(sandbox.run("logs", "--grep", "(").err()).contains("is not a regular expression");
    assertThat(sandbox.run("logs", "--since", "soon").err()).contains("is not a time");
    assertThat(sandbox.run("logs", "-s", "web").status()).isEqualTo(2);
    run.stop();
  }

  @Test
  void a_tail_continues_until_the_end_of_the_app() throws Exception {
    Running run = chatter();

    Running tail = sandbox.jlocal("logs", "-t", "-n", "1", "-p", "one").until("one says 5");
    assertThat(sandbox.run("restart", "one").status()).isZero();
    tail.until("one says 5", 2);
    Running everything = sandbox.jlocal("logs", "-t").until("one says 5");
    run.stop();

    assertThat(tail.end().lines("one.1").getFirst()).isEqualTo("one says 5");
    assertThat(everything.end().out()).contains("terminated by SIGTERM");
  }

  @Test
  void a_tail_that_is_not_read_does_not_delay_the_app() throws Exception {
    sandbox.given(
        "Procfile",
        "flood: seq -f '%g xxxxxxxxxxxxxxxxxxxxxxxxx' 300000; while :; do echo done; sleep 0.1;"
            + " done\n");
    Running run = sandbox.start("--hide", "flood").until("flood.1 started");

    Running stopped = sandbox.unread("logs", "-t");
    Running reader = sandbox.jlocal("logs", "-t").until("done");

    assertThat(reader.out()).contains("flood.1 | done");
    assertThat(sandbox.run("ps").status()).isZero();
    stopped.signal("KILL");
    assertThat(run.stop().status()).isZero();
  }

  @Test
  void a_closed_pipe_ends_it_quietly() throws Exception {
    Running run = chatter();

    Finished head = sandbox.shell("jlocal logs | head -1").end();

    assertThat(head.err()).isEmpty();
    assertThat(head.out().lines()).hasSize(1);
    run.stop();
  }

  @Test
  void json_lines_that_were_kept_have_the_time_they_were_written_at() throws Exception {
    sandbox.given("Procfile", "one: date +%s%3N; sleep 4; echo later; exec sleep 1000\n");
    Running run = sandbox.start().until("later");
    String out = sandbox.run("logs", "--json", "-p", "one").out();
    Matcher first =
        Pattern.compile("\"time\":\"([^\"]+)\",\"source\":\"one.1\".*\"text\":\"(\\d{13})\"")
            .matcher(out);
    assertThat(first.find()).as(out).isTrue();
    var written = Instant.ofEpochMilli(Long.parseLong(first.group(2)));
    assertThat(Duration.between(written, Instant.parse(first.group(1))).abs())
        .isLessThan(Duration.ofSeconds(2));
    run.stop();
  }
}
