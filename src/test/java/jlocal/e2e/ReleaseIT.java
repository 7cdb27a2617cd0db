package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The release phase: {@code jlocal release} and {@code start --release}. */
@Execution(ExecutionMode.CONCURRENT)
class ReleaseIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @Test
  void release_runs_before_anything_else() throws Exception {
    sandbox.given("Procfile", "web: cat migrated\nrelease: echo $DYNO $A; echo yes > migrated\n");
    sandbox.given(".env", "A=1\n");

    Finished done = sandbox.start("--release").end();

    assertThat(done.lines("release.1")).containsExactly("release.1 1");
    assertThat(done.lines("web.1")).containsExactly("yes");
    assertThat(done.out().indexOf("release.1 1")).isLessThan(done.out().indexOf("yes"));
    assertThat(done.status()).isZero();
  }

  @Test
  void a_release_that_fails_ends_the_start_with_its_code() throws Exception {
    sandbox.given("Procfile", "web: touch started\nrelease: echo no; exit 3\n");

    Finished done = sandbox.start("--release").end();

    assertThat(done.lines("release.1")).containsExactly("no");
    assertThat(done.out()).contains("the release phase has failed: nothing is started");
    assertThat(done.status()).isEqualTo(3);
    assertThat(sandbox.root().resolve("started")).doesNotExist();
  }

  @Test
  void in_the_background_its_lines_and_its_code_are_told() throws Exception {
    sandbox.given("Procfile", "web: touch started\nrelease: echo no; exit 3\n");
    Finished done = sandbox.start("--release", "--detach").end();
    assertThat(done.err()).contains("no\n");
    assertThat(done.status()).isEqualTo(3);
  }

  @Test
  void a_signal_ends_it_and_nothing_is_started() throws Exception {
    sandbox.given("Procfile", "web: touch started\nrelease: echo on; sleep 1000; echo off\n");
    Running start = sandbox.start("--release").until("on");
    start.signal("TERM");
    assertThat(start.end().status()).isEqualTo(143);
    assertThat(sandbox.root().resolve("started")).doesNotExist();
  }

  @Test
  void release_alone_runs_in_the_terminal() throws Exception {
    sandbox.given("Procfile", "web: true\nrelease: echo $DYNO; exit 4\n");
    Finished done = sandbox.run("release");
    assertThat(done.out()).isEqualTo("release.1\n");
    assertThat(done.status()).isEqualTo(4);
  }

  @Test
  void without_a_release_process_that_is_said() throws Exception {
    sandbox.given("Procfile", "web: true\n");
    assertThat(sandbox.run("release").err())
        .startsWith("jlocal: there is no release process here\n");
    Finished start = sandbox.start("--release").end();
    assertThat(start.status()).isEqualTo(2);
    assertThat(start.err()).contains("there is no release process here");
  }
}
