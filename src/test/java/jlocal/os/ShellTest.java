package jlocal.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
  void exec_goes_before_a_plain_command(String command) {
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
}
