package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code config:set}, {@code config:unset}, {@code config:edit} and {@code config -s}. */
@Execution(ExecutionMode.CONCURRENT)
class ConfigIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @BeforeEach
  void data() {
    sandbox.variable("XDG_DATA_HOME", sandbox.runtime().toString());
  }

  @Test
  void a_file_is_changed_in_place_behind_its_link_and_keeps_its_mode() throws Exception {
    sandbox.given("real.env", "# mine\r\nexport A='1' # note\r\nB=2\r\n");
    Path real = sandbox.root().resolve("real.env");
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
    Files.createSymbolicLink(sandbox.root().resolve(".env"), Path.of("real.env"));

    Finished done = sandbox.run("config:set", "A=two words", "C=postgres://u:p@h/d?x=1");

    assertThat(done.err()).isEqualTo("Setting A, C... done, v2\n");
    assertThat(done.out()).isEqualTo("A: ********  .env\nC: ********  .env\n");
    assertThat(sandbox.file("real.env"))
        .isEqualTo(
            "# mine\r\nexport A='two words' # note\r\nB=2\r\nC='postgres://u:p@h/d?x=1'\r\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
        .isEqualTo("rw-r-----");
    assertThat(Files.isSymbolicLink(sandbox.root().resolve(".env"))).isTrue();
    assertThat(sandbox.run("config:unset", "B").err()).isEqualTo("Unsetting B... done, v3\n");
    assertThat(sandbox.file("real.env")).doesNotContain("B=2");
    try (var files = Files.list(sandbox.root())) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void a_new_file_is_for_its_owner_only() throws Exception {
    sandbox.run("config:set", "A=1");
    Path file = sandbox.root().resolve(".env");
    assertThat(Files.readString(file)).isEqualTo("A=1\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void all_is_refused_when_one_name_is_bad() throws Exception {
    Finished done =
        sandbox.run("config:set", "A=1", "B C=2", "__X=3", "HEROKU_X=4", "9=5", "=6", "D");

    assertThat(done.status()).isEqualTo(2);
    assertThat(done.err())
        .isEqualTo(
            """
            jlocal: 'B C' is invalid: a name has only letters, digits and _
            jlocal: '__X' is invalid: on Heroku no name begins with __
            jlocal: 'HEROKU_X' is invalid: Heroku sets the names that begin with HEROKU_
            jlocal: '9' is invalid: a name begins with a letter or _
            jlocal: '' is invalid: a config var needs a name
            jlocal: 'D' is invalid: write KEY=VALUE, or  KEY -  to read the value from stdin
               hint: nothing was written
            """);
    assertThat(sandbox.root().resolve(".env")).doesNotExist();
  }

  @Test
  void a_file_that_is_not_to_be_written_is_left_alone() throws Exception {
    sandbox.given(".env", "A=1\n");
    Path file = sandbox.root().resolve(".env");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    Finished done = sandbox.run("config:set", "A=2");
    assertThat(done.err()).startsWith(".env: error: is read-only\n");
    assertThat(done.status()).isEqualTo(2);
    assertThat(sandbox.file(".env")).isEqualTo("A=1\n");
  }

  @Test
  void a_variable_is_changed_where_its_value_comes_from() throws Exception {
    sandbox.given(".env", "A=1\nB=1\n").given("own.env", "A=2\n");
    sandbox.given(".jlocal", "env: .env,own.env\n");

    assertThat(sandbox.run("config:set", "A=3", "B=3", "C=3").out())
        .isEqualTo("A: ********  own.env\nB: ********  .env\nC: ********  .env\n");
    assertThat(sandbox.file(".env")).isEqualTo("A=1\nB=3\nC=3\n");
    assertThat(sandbox.file("own.env")).isEqualTo("A=3\n");

    sandbox.run("config:unset", "A");
    assertThat(sandbox.file(".env") + sandbox.file("own.env")).isEqualTo("B=3\nC=3\n");
  }

  @Test
  void a_secret_comes_from_stdin() throws Exception {
    Running run = sandbox.shell("printf 'a\\nb\\n' | jlocal config:set KEY -");
    assertThat(run.end().err()).isEqualTo("Setting KEY... done, v2\n");
    assertThat(sandbox.file(".env")).isEqualTo("KEY=\"a\\nb\"\n");
  }

  @Test
  void an_edited_copy_is_written_when_it_has_no_errors() throws Exception {
    sandbox.given(".env", "A=1\n").given("editor", "echo \"B='2'\" >> \"$2\"\n");
    sandbox.variable("VISUAL", "").variable("EDITOR", "sh editor --wait");
    assertThat(sandbox.run("config:edit").err()).isEqualTo("Updating config vars... done, v2\n");
    assertThat(sandbox.file(".env")).isEqualTo("A=1\nB='2'\n");

    sandbox.given("editor", "echo \"C='\" >> \"$2\"\n");
    Finished refused = sandbox.run("config:edit");
    assertThat(refused.err()).contains(".env:3: error: the quote opened here for C");
    assertThat(refused.err()).contains("nothing was written; your text is in ");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(sandbox.file(".env")).isEqualTo("A=1\nB='2'\n");

    sandbox.given("editor", "true\n");
    assertThat(sandbox.run("config:edit").err()).isEqualTo("nothing has changed\n");
  }

  @Test
  void the_running_app_is_reloaded() throws Exception {
    sandbox.given("Procfile", "web: echo A is $A; exec sleep 1000\n").given(".env", "A=1\n");
    Running start = sandbox.start();
    start.until("A is 1");

    assertThat(sandbox.run("config:set", "A=2", "--no-reload").err())
        .isEqualTo("Setting A... done, v2\n");
    assertThat(sandbox.run("config:set", "A=3").err())
        .isEqualTo("Setting A and restarting ⬢ app... done, v3\n");

    start.until("A is 3");
    assertThat(start.out()).doesNotContain("A is 2");
    sandbox.run("stop");
    start.end();
  }

  @Test
  void shells_and_env_read_back_what_config_prints_for_them() throws Exception {
    sandbox.given(".env", "H=~/x\nL=\"a\\nb's \\\"$5\\\"\"\nD='\\\\'\nmy-key=1\n");

    Finished printed = sandbox.run("config", "-s");
    assertThat(printed.err()).contains(".env:4: warning: no shell accepts the variable my-key");
    assertThat(printed.out()).doesNotContain("my-key");

    String print = "printf '%s|' \"$H\" \"$L\" \"$D\"";
    String expected = "~/x|a\nb's \"$5\"|\\\\|";
    assertThat(sandbox.shell("eval \"$(jlocal config -s 2>/dev/null)\"; " + print).end().out())
        .isEqualTo(expected);
    assertThat(sandbox.shell("jlocal config -s 2>/dev/null >f; . ./f; " + print).end().out())
        .isEqualTo(expected);
    String env = "env -S \"$(jlocal config -s 2>/dev/null)\" sh ./print";
    sandbox.given("print", print);
    assertThat(sandbox.shell(env).end().out()).isEqualTo(expected);
  }
}
