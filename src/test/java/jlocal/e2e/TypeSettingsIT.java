package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Settings of single types in {@code .jlocal}, nested Procfiles, and {@code doctor}. */
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
  void a_setting_of_a_type_that_is_not_there_is_an_error_before_anything_starts() throws Exception {
    sandbox.given("Procfile", "web: touch started; exec sleep 1000\n");
    var keys =
        List.of(
            "watch.wbe: src",
            "after.wbe: web",
            "ready.wbe: /up",
            "timeout.wbe: 5",
            "watchdog.wbe: 5",
            "env.wbe: A=1",
            "dir.wbe: .",
            "signal.wbe: INT",
            "stop-timeout.wbe: 5",
            "memory.wbe: 1G");
    sandbox.given(".jlocal", String.join("\n", keys) + "\n");

    for (String command : List.of("check", "start")) {
      Finished done = sandbox.run(command, "-p", "" + sandbox.port());
      assertThat(done.status()).isEqualTo(2);
      for (int line = 1; line <= keys.size(); line++) {
        String key = keys.get(line - 1).replaceFirst(":.*", "");
        assertThat(done.err())
            .contains(
                ".jlocal:%d: error: %s: there is no type 'wbe'; did you mean 'web'?\n"
                    .formatted(line, key));
      }
      assertThat(done.err()).hasLineCount(keys.size());
    }
    assertThat(sandbox.root().resolve("started")).doesNotExist();
  }

  @Test
  void a_reload_applies_them_and_says_what_counts_later() throws Exception {
    sandbox.given("backend/here", "");
    sandbox.given(
        "Procfile",
        """
        api: echo "A=$A in ${PWD##*/}"; exec sleep 1000
        worker: trap 'echo got INT; exit 0' INT; trap 'echo got TERM; exit 0' TERM; echo up; while :; do sleep 0.1; done
        other: exec sleep 1000
        """);
    sandbox.given(".jlocal", "env.api: A=1\n");
    Running app = sandbox.start("--no-proxy", "-p", "" + sandbox.port());
    app.until("| up").until("A=1 in app").until("other.1 is up").until("api.1 is up");

    sandbox.given(
        ".jlocal",
        "env.api: A=2\ndir.api: backend\nsignal.worker: INT\nafter.other: api\nproxy: false\n");
    Finished done = sandbox.run("reload");

    assertThat(done.out())
        .contains("changed order or readiness, from the next start of: other\n")
        .contains("changed settings of: api, worker\n")
        .contains("of the settings file from the next start: proxy\n")
        .contains("restarting api.1: its folder has changed\n")
        .doesNotContain("worker.1", "other.1");
    app.until("A=2 in backend");
    sandbox.given(".jlocal", "env.api: A=3\ndir.api: backend\nsignal.worker: INT\nproxy: false\n");
    assertThat(sandbox.run("reload").out()).contains("restarting api.1: A changed\n");
    app.until("A=3 in backend");
    sandbox.given(".jlocal", "signal.worker: BREAK\n");
    assertThat(sandbox.run("reload").err())
        .contains(".jlocal:1: signal.worker: 'BREAK' is not one of");
    app.signal("TERM");
    assertThat(app.end().out()).contains("got INT").doesNotContain("got TERM");
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
    assertThat(done.err()).startsWith("process-compose.yaml: error: is not a Procfile");
    assertThat(done.status()).isEqualTo(2);
  }
}
