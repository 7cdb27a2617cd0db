package jlocal.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellTest {
  private static final Shell SH = new Shell(Path.of("/bin/sh"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gunicorn app:app",
        "node server.js --port $PORT",
        "bundle exec puma -p ${PORT}",
        "java -jar 'my app.jar'",
        "./bin/start",
        "python3 manage.py runserver 0.0.0.0:$PORT",
      })
  void exec_precedes_a_plain_command(String command) {
    assertThat(SH.argv(command)).containsExactly("/bin/sh", "-c", "exec " + command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cd app && npm start",
        "RAILS_ENV=development bin/rails s",
        "a | b",
        "a; b",
        "echo hello",
        "exec gunicorn app",
        "if true; then a; fi",
        "while :; do a; done",
        "java -cp target/*:. Main",
        "node a.js > log",
        "(a)",
        "a &",
        "! a",
        "a `b`",
        "a $(b)",
        "[ -f x ]",
        "a \\\"b",
        "source env",
      })
  void any_other_command_is_left_to_the_shell(String command) {
    assertThat(SH.argv(command)).containsExactly("/bin/sh", "-c", command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gunicorn app:app", "a && b"})
  void bash_needs_no_exec(String command) {
    assertThat(new Shell(Path.of("/bin/bash")).argv(command))
        .containsExactly("/bin/bash", "-c", command);
  }

  @Test
  void further_arguments_are_passed_in_the_syntax_of_each_shell() {
    var words = List.of("web", "a b");
    assertThat(SH.argv("run it", words))
        .containsExactly("/bin/sh", "-c", "run it \"$@\"", "web", "a b");
    assertThat(new Shell(Path.of("/usr/bin/fish")).argv("run it", words))
        .containsExactly("/usr/bin/fish", "-c", "run it $argv", "a b");
  }

  @Test
  void a_shell_is_asked_which_variables_it_passes_on(@TempDir Path folder) throws Exception {
    var dropping = folder.resolve("posix");
    Files.writeString(dropping, "#!/bin/sh\nexec env -u a.b PLAIN=other \"$0-env\"\n");
    Files.createSymbolicLink(folder.resolve("posix-env"), Path.of("/usr/bin/env"));
    Files.setPosixFilePermissions(dropping, PosixFilePermissions.fromString("rwx------"));
    var variables = Map.of("a.b", "1", "PLAIN", "1", "TEXT", "é");

    assertThat(new Shell(dropping).altered(variables, Map.of()))
        .containsExactlyInAnyOrder("a.b", "PLAIN");
    assertThat(new Shell(Path.of("/bin/bash")).altered(variables, Map.of())).isEmpty();
  }
}
