package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An app while the system can create no process or thread. */
class ProcessLimitIT {
  private static final String NOT_STARTED =
      "could not be started: no more processes allowed (see ulimit -u); next try in ";

  @RegisterExtension final Sandbox sandbox = new Sandbox();
  private ProcessLimit limit;
  private Running app;

  @BeforeEach
  void start() throws IOException {
    limit = ProcessLimit.create();
    sandbox.given("Procfile", "one: exec sleep 1000\n");
    String jlocal = "exec \"" + sandbox.launcher() + "\" start --no-proxy -p " + sandbox.port();
    app = sandbox.shell(limit.before() + jlocal);
    app.until("one.1 is up");
    // The control socket opens beside the first process.
    app.until("an answer", () -> isAnswered("ps"));
  }

  @AfterEach
  void lift() throws IOException {
    if (limit != null) limit.close();
  }

  private boolean isAnswered(String command) {
    try {
      return sandbox.run(command).status() == 0;
    } catch (IOException _) {
      return false;
    }
  }

  @Test
  void a_failed_start_is_retried_and_ps_says_why() throws IOException {
    limit.reach(app);
    app.signal("KILL", pid());
    app.until(NOT_STARTED);
    assertThat(sandbox.run("ps").out())
        .contains("not started: no more processes allowed (see ulimit -u)");

    limit.lift();

    app.until("one.1 is up", 2);
    app.signal("KILL", pid());
    app.until("one.1 is up", 3); // The exit of a later process is noticed as well.
    assertThat(sandbox.children()).hasSize(1);
    assertThat(app.stop().status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT", "HUP"})
  void a_signal_ends_the_app(String signal) throws IOException {
    assumeTrue(receivesBlockedSignals(), "needs env(1) of GNU coreutils from 8.31 on");
    limit.reach(app);

    Finished done = app.signal(signal).end();

    assertThat(done.status()).isZero();
    assertThat(done.out()).contains("SIG" + signal + " received: stopping");
  }

  @Test
  void jlocal_stop_ends_the_app() throws IOException {
    limit.reach(app);

    assertThat(sandbox.run("stop").status()).isZero();

    assertThat(app.end().status()).isZero();
  }

  @Test
  void a_client_without_a_thread_is_refused_and_stop_still_works() throws IOException {
    Running first = sandbox.jlocal("logs", "-t");
    Running second = sandbox.jlocal("logs", "-t");
    first.until("one.1 is up");
    second.until("one.1 is up");
    limit.reach(app);

    Finished asked = sandbox.run("ps");

    assertThat(asked.err())
        .contains("jlocal cannot answer: no more processes allowed (see ulimit -u)");
    assertThat(asked.status()).isNotZero();
    assertThat(sandbox.run("stop").status()).isZero();
    assertThat(app.end().status()).isZero();
    first.end();
    second.end();
  }

  private long pid() {
    String[] started = app.out().split("one.1 started with pid ", -1);
    return Long.parseLong(started[started.length - 1].split("\\D", 2)[0]);
  }

  private boolean receivesBlockedSignals() throws IOException {
    Path commandLine = Path.of("/proc/" + app.pid() + "/cmdline");
    return Files.exists(commandLine) && Files.readString(commandLine).contains("-Djlocal.signals=");
  }
}
