package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What {@code .jlocal} says of single types, nested Procfiles, and {@code doctor}. */
@Execution(ExecutionMode.CONCURRENT)
class TypeSettingsIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @Test
  void each_type_has_its_variables_folder_and_signal() throws Exception {
    sandbox.given("backend/here", "");
    sandbox.given(
        "Procfile",
        """
        api: echo "A=$A in ${PWD##*/}"
        other: echo "A=$A in ${PWD##*/}"
        worker: trap 'echo got INT; exit 0' INT; trap 'echo got TERM' TERM; echo up; while :; do sleep 0.1; done
        """);
    sandbox.given(".env", "A=common\n");
    sandbox.given(".jlocal", "env.api: A=own\ndir.api: backend\nsignal.worker: INT\n");

    Running app = sandbox.start("--no-proxy", "-p", "" + sandbox.port());
    app.until("| up");
    app.until("A=own in backend").until("A=common in ");
    app.signal("TERM");

    String out = app.end().out();
    assertThat(out).contains("got INT").doesNotContain("got TERM", "A=common in backend");
  }

  @Test
  void a_type_has_a_grace_of_its_own() throws Exception {
    sandbox.given("Procfile", "worker: trap '' TERM; echo up; while :; do sleep 0.1; done\n");
    sandbox.given(".jlocal", "stop-timeout.worker: 0.2\n");

    Running app = sandbox.start("--no-proxy", "-t", "60", "-p", "" + sandbox.port());
    app.until("| up");
    app.signal("TERM");

    assertThat(app.end().out()).contains("SIGKILL");
  }

  @Test
  void a_nested_procfile_runs_in_its_folder() throws Exception {
    sandbox.given("backend/Procfile", "web: echo \"in ${PWD##*/} $A\"\n");
    sandbox.given("backend/.env", "A=nested\n");

    Finished done =
        sandbox.run("start", "-f", "backend/Procfile", "--no-proxy", "-p", "" + sandbox.port());

    assertThat(done.out()).contains("in backend nested");
  }

  @Test
  void doctor_names_what_makes_trouble_and_fails() throws Exception {
    sandbox.given(".env", "PATH=/x:$PATH\r\n");
    sandbox.variable("LC_ALL", "C");

    Finished done = sandbox.run("doctor", "-p", "" + sandbox.port());
    Finished json = sandbox.run("doctor", "--json");

    assertThat(done.status()).isEqualTo(1);
    assertThat(done.out())
        .contains(
            "ok  jdk ", "!!  locale        LC_ALL=C\n", "!!  .env          Windows line ends\n");
    assertThat(json.out()).startsWith("[{\"check\":\"jdk\",\"ok\":true,");
  }

  @Test
  void a_file_of_process_compose_is_shown_as_a_procfile() throws Exception {
    sandbox.given("process-compose.yaml", "processes:\n  web:\n    command: echo hi\n");

    Finished done = sandbox.run("start");

    assertThat(done.out()).isEqualTo("# Procfile\nweb: echo hi\n");
    assertThat(done.err()).startsWith("process-compose.yaml: error: is no Procfile");
    assertThat(done.status()).isEqualTo(2);
  }
}
