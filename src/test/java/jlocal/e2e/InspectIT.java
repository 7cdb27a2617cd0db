package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code check}, {@code config} and the settings: commands that start nothing. */
@Execution(ExecutionMode.CONCURRENT)
class InspectIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @BeforeEach
  void app() throws Exception {
    sandbox.given("Procfile", "web: serve -p $PORT\nworker: work \"hard\"\n");
    sandbox.given(".env", "A=1\nSECRET='two words'\n");
  }

  @Test
  void check_prints_what_would_start() throws Exception {
    int port = sandbox.port();

    Finished done =
        sandbox.run("check", "-p", "" + port, "-m", "web=2", "--proxy-port", "" + (port + 50));

    assertThat(done.out())
        .startsWith(
            """
            would start:
              web.1     port %d  serve -p $PORT
              web.2     port %d  serve -p $PORT
              worker.1  port %d  work "hard"
            web would be on http://localhost:%d
            """
                .formatted(port, port + 1, port + 100, port + 50));
    assertThat(done.err()).isEmpty();
    assertThat(done.status()).isZero();
  }

  @Test
  void check_prints_every_problem_and_fails() throws Exception {
    sandbox.given("Procfile", "web: x\nno colon\n");

    Finished done = sandbox.run("check");

    assertThat(done.err()).startsWith("Procfile:2: error: ");
    assertThat(done.status()).isEqualTo(2);
  }

  @Test
  void check_as_json_prints_the_procfile() throws Exception {
    assertThat(sandbox.run("check", "--json").out())
        .isEqualTo("[[\"web\",\"serve -p $PORT\"],[\"worker\",\"work \\\"hard\\\"\"]]\n");
  }

  @Test
  void config_masks_values_unless_asked_for() throws Exception {
    Finished masked = sandbox.variable("A", "shell").run("config");

    assertThat(masked.out())
        .isEqualTo(
            """
            A       ********  .env:1, instead of the shell's
            SECRET  ********  .env:2
            """);
    assertThat(sandbox.run("config", "--show").out()).contains("SECRET  two words  .env:2");
    sandbox.given(".jlocal", "env.web: A=5\nenv.worker: AB=6\n");
    assertThat(sandbox.run("config").out())
        .startsWith(
            "A       ********  .env:1, instead of the shell's; web has that of .jlocal:1\n");
    sandbox.given(".jlocal", "");
    assertThat(sandbox.run("config", "-s").out()).isEqualTo("A=1\nSECRET='two words'\n");
    assertThat(sandbox.run("config", "--json").out())
        .isEqualTo("{\"A\":\"1\",\"SECRET\":\"two words\"}\n");
    assertThat(sandbox.run("config:get", "SECRET").out()).isEqualTo("two words\n");
  }

  @Test
  void config_needs_no_procfile_and_reads_files_in_order() throws Exception {
    sandbox.given("other.env", "B=2\nA=3\n");

    Finished done = sandbox.run("config", "--show", "-e", ".env,other.env", "-f", "other.env");

    assertThat(done.out()).contains("A       3          other.env:2, instead of .env:1");
  }

  @Test
  void settings_come_from_the_command_line_then_the_environment_then_the_file() throws Exception {
    sandbox.given(".jlocal", "port: 4000\ntimeout: 9\nformation: web=3\n");
    sandbox.variable("JLOCAL_TIMEOUT", "8").variable("JLOCAL_FORMATION", "web=2");

    Finished done = sandbox.run("start", "--explain", "-m", "web=1");

    assertThat(done.out())
        .containsPattern("formation +web=1 +command line")
        .containsPattern("timeout +8 +JLOCAL_TIMEOUT")
        .containsPattern("port +4000 +\\.jlocal:1");
  }

  @Test
  void the_settings_file_counts() throws Exception {
    sandbox.given("Procfile", "web: echo at $PORT\n");
    sandbox.given(
        ".jlocal", "port: %d\nno-proxy: true\nformation: web=2\n".formatted(sandbox.port()));

    Finished done = sandbox.run("start");

    assertThat(done.lines("web.2")).as("%s", done).containsExactly("at " + (sandbox.port() + 1));
  }
}
