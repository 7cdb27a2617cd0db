package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An app in the background. */
@Execution(ExecutionMode.CONCURRENT)
class DetachIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private Finished detach(String... more) throws IOException {
    var words =
        new ArrayList<>(List.of("start", "--detach", "-p", "" + sandbox.port(), "--no-proxy"));
    words.addAll(List.of(more));
    return sandbox.run(words.toArray(String[]::new));
  }

  @Test
  void it_returns_when_all_is_up_and_stop_ends_it() throws Exception {
    sandbox.given("Procfile", "one: echo here; exec sleep 1000\ntwo: exec sleep 1000\n");

    Finished start = detach();
    assertThat(start.status()).as("%s%s", start.out(), start.err()).isZero();
    assertThat(start.out())
        .containsPattern("one.1 is up, pid \\d+: running\n")
        .containsPattern("two.1 is up, pid \\d+: running\n")
        .contains("running in the background");
    assertThat(sandbox.run("logs", "-p", "one").lines("one.1")).containsExactly("here");
    assertThat(detach().err()).contains("is already running");

    assertThat(sandbox.run("stop").status()).isZero();
    assertThat(sandbox.children()).isEmpty();
  }

  @Test
  void a_crash_is_reported_with_its_last_lines_and_ends_all() throws Exception {
    sandbox.given("Procfile", "ok: exec sleep 1000\nbad: echo last output; exit 3\n");

    Finished start = detach();

    assertThat(start.status()).isEqualTo(1);
    assertThat(start.err())
        .contains("bad.1 exited with code 3", "last output", "the app was stopped");
    assertThat(sandbox.children()).isEmpty();
    assertThat(sandbox.run("ps").status()).isEqualTo(69);
  }

  @Test
  void an_app_that_exceeds_the_boot_timeout_keeps_running() throws Exception {
    sandbox.given(
        "Procfile",
        "web: until [ -e go ]; do sleep 0.1; done; exec python3 -m http.server $PORT\n");

    Finished start = detach("--boot-timeout", "2");

    assertThat(start.status()).isEqualTo(1);
    assertThat(start.err()).contains("web.1 is still starting after 2 s").doesNotContain("ended");
    assertThat(start.out()).contains("running in the background");
    sandbox.given("go", "");
    assertThat(sandbox.run("restart").out()).contains("web.1 is up on port");
    assertThat(sandbox.run("stop").status()).isZero();
  }

  @Test
  void it_returns_when_every_port_of_the_router_is_open() throws Exception {
    sandbox.variable("XDG_DATA_HOME", sandbox.root().toString());
    sandbox.given("Procfile", "web: exec python3 -m http.server $PORT\n");
    String base = "" + sandbox.port();

    Finished start =
        sandbox.run("start", "--detach", "-p", base, "--proxy-port", "0", "--https", "0");

    assertThat(start.status()).as(start.err()).isZero();
    var ports = Pattern.compile("localhost:(\\d+)").matcher(start.out());
    assertThat(ports.results().map(found -> Integer.parseInt(found.group(1))))
        .hasSize(2)
        .allMatch(DetachIT::accepts);
    assertThat(sandbox.run("stop").status()).isZero();
  }

  private static boolean accepts(int port) {
    try (var _ = new Socket("localhost", port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource({"true, 0", "'sleep 0.5; exit 0', 0"})
  void an_app_that_has_ended_does_not_run_in_the_background(String job, int status)
      throws Exception {
    sandbox.given("Procfile", "one: " + job + "\ntwo: " + job + "\n");

    Finished start = detach("--ci");

    assertThat(start.out()).contains("the app has ended").doesNotContain("in the background");
    assertThat(start.status()).isEqualTo(status);
    assertThat(sandbox.run("ps").status()).isEqualTo(69);
  }

  @Test
  void problems_of_the_files_are_reported() throws Exception {
    sandbox.given("Procfile", "nonsense\n");

    Finished start = detach();

    assertThat(start.status()).isEqualTo(2);
    assertThat(start.err()).contains("Procfile:1");
  }

  @Test
  void where_it_could_not_be_controlled_it_is_not_started() throws Exception {
    sandbox.given("Procfile", "one: touch started; exec sleep 1000\n");
    Files.writeString(sandbox.runtime().resolve("jlocal"), "no folder");

    Finished start = detach();

    assertThat(start.status()).isEqualTo(2);
    assertThat(start.err())
        .startsWith("jlocal: an app in the background needs a control socket: ")
        .contains("is not a folder\n   hint: set XDG_RUNTIME_DIR or TMPDIR")
        .hasLineCount(2);
    assertThat(sandbox.root().resolve("started")).doesNotExist();
  }

  @Test
  void it_outlives_the_terminal() throws Exception {
    sandbox.given("Procfile", "one: exec sleep 1000\n");
    try (var terminal = sandbox.terminal()) {
      terminal
          .type("jlocal start --detach --no-proxy -p " + sandbox.port())
          .until("running in the background");
      terminal.closeWindow();
    }

    assertThat(sandbox.run("ps").out()).contains("one.1  up");
    assertThat(sandbox.run("stop").status()).isZero();
  }
}
