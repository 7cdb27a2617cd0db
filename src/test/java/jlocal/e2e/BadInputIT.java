package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input is reported with its place, and nothing is started. */
@Execution(ExecutionMode.CONCURRENT)
class BadInputIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @Test
  void all_problems_of_all_files_are_told_at_once() throws Exception {
    sandbox.given("Procfile", "web server: x\nworker: touch started\nfoo\n");
    sandbox.given(".env", "A=1\nB=\"hush\n");

    Finished done = sandbox.start().end();

    assertThat(done.err())
        .contains("Procfile:1: error: ", "Procfile:3: error: ", ".env:2: error: ")
        .doesNotContain("hush");
    assertThat(done.out()).isEmpty();
    assertThat(done.status()).isEqualTo(2);
    assertThat(sandbox.root().resolve("started")).doesNotExist();
  }

  @ParameterizedTest(name = "jlocal {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          strat               | unknown command 'strat'; did you mean 'start'?
          start --prot 1      | unknown option '--prot'; did you mean '--port'?
          start -p 70000      | --port: '70000' is not a number from 1 to 65535
          start wrker         | no process type 'wrker' in Procfile (web)
          start web=x         | 'web=x' is not TYPE=N with a number, such as web=2
          start -m web=0      | nothing to start: every process type is left out
          start -t soon       | --timeout: 'soon' is not a number of seconds
          start -f Nope       | Nope: error: no such file
          start -e no.env     | no.env: error: no such file
          start --shell /no   | there is no shell /no
          start --restart no  | --restart: 'no' is not one of never, on-crash, always
          run                 | run needs COMMAND
          config:get NOPE     | there is no config var 'NOPE'
          """)
  void a_mistake_gets_a_sentence_and_exit_code_2(String line, String sentence) throws Exception {
    sandbox.given("Procfile", "web: touch started\n");

    Finished done = sandbox.run(line.split(" +"));

    assertThat(done.err()).contains(sentence);
    assertThat(done.out()).isEmpty();
    assertThat(done.status()).isEqualTo(2);
    assertThat(sandbox.root().resolve("started")).doesNotExist();
  }

  @Test
  void no_procfile_is_said_with_what_to_do() throws Exception {
    Finished done = sandbox.run("start");

    assertThat(done.err()).startsWith("Procfile: error: no such file").contains("-f FILE");
    assertThat(done.status()).isEqualTo(2);
  }

  @Test
  void a_folder_that_was_removed_is_no_bug_in_jlocal() throws Exception {
    Finished done = sandbox.shell("mkdir x; cd x; rmdir ../x; jlocal check").end();

    assertThat(done.err()).contains("jlocal: the working directory is gone");
    assertThat(done.status()).isEqualTo(2);
  }

  @Test
  void a_pipe_is_read_once_by_check() throws Exception {
    sandbox.given("Procfile", "web: a\n");

    Finished done = sandbox.shell("jlocal check -e <(sleep 0.2; echo __A=1; echo B)").end();

    assertThat(done.err()).contains("__A", ":2: warning: not KEY=value");
    assertThat(done.status()).isZero();
  }

  @Test
  void a_name_that_is_not_utf_8_is_named_as_such() throws Exception {
    String script = "mkdir $'d\\xff'; cp Procfile $'d\\xff'; jlocal check -d $'d\\xff'";
    sandbox.given("Procfile", "web: touch started\n");

    Finished named = sandbox.shell(script).end();
    Finished inside =
        sandbox.shell("cd $'d\\xff'; jlocal start; s=$?; rm -r \"$PWD\"; exit $s").end();

    assertThat(named.err()).startsWith("jlocal: an argument is not UTF-8: d\uFFFD");
    assertThat(named.status()).isEqualTo(2);
    assertThat(inside.err()).startsWith("jlocal: the name of this folder is not UTF-8: ");
    assertThat(inside.status()).isEqualTo(2);
  }
}
