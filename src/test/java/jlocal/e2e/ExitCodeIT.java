package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exit codes of {@code jlocal start}. */
@Execution(ExecutionMode.CONCURRENT)
class ExitCodeIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @ParameterizedTest(name = "{0} ends with {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          true         | 0
          exit 3       | 3
          kill -KILL $$ | 137
          kill -TERM $$ | 143
          no-such-cmd  | 127
          """)
  void the_code_is_that_of_the_child(String command, int code) throws Exception {
    sandbox.given("Procfile", "web: " + command + "\n");

    assertThat(sandbox.start("--restart", "never").end().status()).isEqualTo(code);
  }

  @Test
  void all_zero_is_zero() throws Exception {
    sandbox.given("Procfile", "a: true\nb: echo done\n");

    assertThat(sandbox.start().end().status()).isZero();
  }

  @Test
  void the_first_that_crashed_decides() throws Exception {
    sandbox.given(
        "Procfile",
        """
        fine: true
        first: exit 4
        second: while ! [ -e first-is-gone ]; do sleep 0.05; done; exit 5
        """);

    Running run = sandbox.start("--restart", "never").until("first.1 exited with code 4");
    sandbox.given("first-is-gone", "");

    assertThat(run.end().status()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"INT", "TERM", "HUP"})
  void a_signal_ends_the_app_in_order(String signal) throws Exception {
    sandbox.given(
        "Procfile",
        "web: trap 'echo bye; exit 7' TERM; echo ready; while :; do sleep 0.1 & wait; done\n");

    Finished done = sandbox.start().until("ready").signal(signal).end();

    assertThat(done.lines("web.1")).containsExactly("ready", "bye");
    assertThat(done.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {">&-", "<&-", "2>&-", "<&- >&- 2>&-"})
  void a_closed_standard_stream_changes_nothing(String closed) throws Exception {
    sandbox.given("Procfile", "web: echo heard; exit 3\n");
    String start = "jlocal start --no-proxy --restart never --log-dir log -p " + sandbox.port();

    Finished done = sandbox.shell(start + " " + closed).end();

    assertThat(done.status()).isEqualTo(3);
    assertThat(sandbox.file("log/web.1.log")).contains("heard");
  }

  @Test
  void output_that_cannot_be_written_is_an_error() throws Exception {
    sandbox.given(".env", "A=1\n");

    Finished done = sandbox.shell("jlocal config:get A >/dev/full").end();

    assertThat(done.status()).isEqualTo(1);
    assertThat(done.err()).contains("cannot write to standard output");
  }
}
