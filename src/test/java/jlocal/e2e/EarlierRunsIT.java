package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code logs} of an app that has ended. */
@Execution(ExecutionMode.CONCURRENT)
class EarlierRunsIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @Test
  void the_log_outlives_a_killed_jlocal_as_it_was() throws Exception {
    sandbox.given(
        "Procfile",
        """
        boss: printf '\\033[31mred\\033[0m one\\ntwo\\n'; printf unfinished; exec sleep 1000
        worker: seq 2000; exec sleep 1000
        """);
    Running run = sandbox.start().until("unfinished").until("worker.1 is up").until("boss.1 is up");
    String json = sandbox.run("logs", "--json", "-n", "9999").out();
    String words = sandbox.run("logs", "boss", "--color", "--timestamp", "--grep", "two").out();
    run.signal("KILL").end();

    Finished dead = sandbox.run("logs", "--json", "-n", "9999");
    assertThat(dead.status()).isZero();
    assertThat(dead.err()).contains("the log of the run of ");
    assertThat(dead.out().lines().toList()).containsSubsequence(json.lines().toList());
    assertThat(sandbox.run("logs", "boss", "--color", "--timestamp", "--grep", "two").out())
        .isEqualTo(words)
        .contains("two");
    assertThat(sandbox.run("logs", "-p", "boss", "-n", "1").out())
        .isEqualTo("boss.1 | unfinished\n");
    assertThat(sandbox.run("logs", "worker", "-n", "5000").out().lines()).hasSize(2000);
    assertThat(sandbox.run("logs", "-s", "manager").out()).contains("worker.1 is up");
    assertThat(sandbox.run("logs", "wrker").err()).contains("did you mean 'worker'?");
    Finished tail = sandbox.run("logs", "-t", "boss");
    assertThat(tail.out()).contains("two");
    assertThat(tail.status()).isEqualTo(69);
  }

  @Test
  void runs_are_numbered_from_the_last_that_has_ended() throws Exception {
    sandbox.given("Procfile", "web: echo run $N; exec sleep 1000\n");
    for (int i = 1; i <= 2; i++) {
      sandbox.given(".env", "N=" + i + "\n");
      sandbox.start().until("run " + i).stop();
    }
    sandbox.given(".env", "N=3\n");
    Running third = sandbox.start().until("run 3");

    assertThat(sandbox.run("logs", "web").out()).endsWith("run 3\n");
    assertThat(sandbox.run("logs", "web", "--run", "1").out()).endsWith("run 2\n");
    assertThat(sandbox.run("logs", "manager", "--run", "2").out()).contains("web.1 started");
    Finished missing = sandbox.run("logs", "--run", "3");
    assertThat(missing.status()).isEqualTo(69);
    assertThat(missing.err()).contains("no log is kept of run 3");
    third.stop();
    assertThat(sandbox.run("logs").out()).contains("run 3", "web.1 terminated by SIGTERM");
    assertThat(sandbox.run("logs", "web", "--run", "3").out()).endsWith("run 1\n");
  }

  @Test
  void nothing_is_kept_when_that_is_not_wanted() throws Exception {
    sandbox
        .given("Procfile", "web: echo secret; exec sleep 1000\n")
        .given(".jlocal", "history: no\n");
    sandbox.start().until("secret").stop();

    Finished none = sandbox.run("logs");
    assertThat(none.status()).isEqualTo(69);
    assertThat(none.err()).contains("no app is running");
    assertThat(Files.exists(sandbox.runtime().resolve("jlocal/logs"))).isFalse();
  }

  @Test
  void an_app_that_ends_at_once_has_its_log() throws Exception {
    sandbox.given("Procfile", "web: echo oops; exit 3\n");
    assertThat(sandbox.run("start", "--restart", "never").status()).isEqualTo(3);
    assertThat(sandbox.run("logs", "web").out()).isEqualTo("web.1 | oops\n");
    assertThat(sandbox.run("logs").out()).contains("web.1 exited with code 3");
  }
}
