package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One-off commands. */
@Execution(ExecutionMode.CONCURRENT)
class RunIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @BeforeEach
  void app() throws Exception {
    sandbox.given(".env", "GREETING=grüß dich\n");
    sandbox.given("Procfile", "web: sh show \"$GREETING\"\n");
    sandbox.given("show", "for word; do printf '<%s>' \"$word\"; done\n");
  }

  @ParameterizedTest(name = "{0} ends with {1}")
  @CsvSource({"'exit 0', 0", "'exit 42', 42", "'kill -TERM $$', 143", "'kill -KILL $$', 137"})
  void the_status_is_the_commands(String script, int status) throws Exception {
    Finished done = sandbox.run("run", "sh", "-c", script);

    assertThat(done).isEqualTo(new Finished(status, "", ""));
  }

  @Test
  void words_are_passed_as_they_are() throws Exception {
    assertThat(sandbox.run("run", "sh", "show", "a b", "", "*", "$GREETING", "-x", "--").out())
        .isEqualTo("<a b><><*><$GREETING><-x><-->");
  }

  @Test
  void one_word_with_blanks_is_for_the_shell() throws Exception {
    assertThat(sandbox.run("run", "echo $GREETING | tr a-z A-Z").out()).contains("DICH\n");
  }

  @Test
  void a_process_type_runs_its_command_with_more_behind_it() throws Exception {
    assertThat(sandbox.run("run", "web", "a b", "$HOME").out())
        .isEqualTo("<grüß dich><a b><$HOME>");
  }

  @Test
  void stdin_and_stdout_are_the_commands_byte_for_byte() throws Exception {
    byte[] noise = new byte[300_000];
    new Random(1).nextBytes(noise);
    Files.write(sandbox.root().resolve("noise"), noise);

    Running run = sandbox.shell("cat noise | jlocal run cat >copy; echo $?");

    assertThat(run.end().out()).isEqualTo("0\n");
    assertThat(Files.readAllBytes(sandbox.root().resolve("copy"))).isEqualTo(noise);
  }

  @Test
  void there_is_a_port_only_when_asked_for() throws Exception {
    String script = "printf %s \"${PORT-none} $DYNO $PS $FOREMAN_WORKER_NAME $JLOCAL\"";

    assertThat(sandbox.run("run", "sh", "-c", script).out()).isEqualTo("none run.1 run.1 run.1 1");
    assertThat(sandbox.run("run", "-p", "81", "sh", "-c", script).out()).startsWith("81 ");
  }

  @Test
  void a_command_that_is_not_there_is_127_and_one_that_may_not_run_126() throws Exception {
    Finished missing = sandbox.run("run", "no-such-program");
    Finished forbidden = sandbox.run("run", "./show");

    assertThat(missing)
        .isEqualTo(new Finished(127, "", "jlocal: command not found: no-such-program\n"));
    assertThat(forbidden.err()).startsWith("jlocal: permission denied: ");
    assertThat(forbidden.status()).isEqualTo(126);
  }

  @Test
  void a_signal_reaches_the_command() throws Exception {
    Running run =
        sandbox.jlocal(
            "run", "sh", "-c", "trap 'exit 5' TERM; echo ready; sleep 1000 & wait; kill $!");

    run.until("ready").signal("TERM");

    assertThat(run.end().status()).isEqualTo(5);
    sandbox.endChildren();
  }

  @Test
  void no_procfile_is_needed() throws Exception {
    Files.delete(sandbox.root().resolve("Procfile"));

    assertThat(sandbox.run("run", "printenv", "GREETING").out()).isEqualTo("grüß dich\n");
  }

  @Test
  void warnings_about_files_do_not_mix_with_the_commands_output() throws Exception {
    sandbox.given(".env", "not a setting\nA=1\n");

    assertThat(sandbox.run("run", "printenv", "A").err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"<&-, 0", ">&-, 1", "2>&-, 2"})
  void a_standard_stream_that_is_closed_stays_so(String closed, String descriptor)
      throws Exception {
    // Not in a file: bash opens its script as the first descriptor that is free.
    String test = "if true 9>&" + descriptor + "; then echo open >said; else echo closed >said; fi";

    sandbox.shell("jlocal run sh -c '" + test + "' " + closed).end();

    assertThat(sandbox.file("said")).isEqualTo("closed\n");
  }

  @Test
  void an_argument_may_be_any_bytes() throws Exception {
    sandbox.shell("jlocal run printf '<%s>' $'a\\xffb' $'\\xe9 c' >out").end();
    sandbox.shell("jlocal run web $'\\xe9' >more").end();

    assertThat(bytes("out")).isEqualTo("<a\u00FFb><\u00E9 c>");
    assertThat(bytes("more")).endsWith("<\u00E9>");
  }

  private String bytes(String file) throws IOException {
    return Files.readString(sandbox.root().resolve(file), StandardCharsets.ISO_8859_1);
  }
}
