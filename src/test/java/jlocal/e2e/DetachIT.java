package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

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
    assertThat(start.out()).contains("one.1 is up", "two.1 is up", "running in the background");
    assertThat(sandbox.run("logs", "-p", "one").lines("one.1")).containsExactly("here");
    assertThat(detach().err()).contains("runs already");

    assertThat(sandbox.run("stop").status()).isZero();
    assertThat(sandbox.children()).isEmpty();
  }

  @Test
  void a_crash_is_told_with_its_last_words_and_ends_all() throws Exception {
    sandbox.given("Procfile", "ok: exec sleep 1000\nbad: echo last words; exit 3\n");

    Finished start = detach();

    assertThat(start.status()).isEqualTo(1);
    assertThat(start.err()).contains("bad.1 exited with code 3", "last words", "the app was ended");
    assertThat(sandbox.children()).isEmpty();
    assertThat(sandbox.run("ps").status()).isEqualTo(69);
  }

  @Test
  void what_is_wrong_with_the_files_is_said() throws Exception {
    sandbox.given("Procfile", "nonsense\n");

    Finished start = detach();

    assertThat(start.status()).isEqualTo(2);
    assertThat(start.err()).contains("Procfile:1");
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
