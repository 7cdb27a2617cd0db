package jlocal.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLookupTest {
  @TempDir Path root;

  @BeforeEach
  void anApp() throws IOException {
    for (String file : new String[] {"tools/ls", ".venv/bin/gunicorn", "node_modules/.bin/next"}) {
      Files.createDirectories(root.resolve(file).getParent());
      Files.createFile(root.resolve(file));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gunicorn app:app | .venv/bin/gunicorn exists; is the virtual environment active?",
        "A=1 B= next dev | node_modules/.bin/next exists; use this path, or omit --no-path",
      })
  void the_place_where_a_missing_program_might_be_is_named(String command, String where) {
    assertThat(CommandLookup.missing(command, root, root + "/tools")).isEqualTo(where);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ls -l",
        "tools/ls",
        "\"quoted thing\" x",
        "(ls)",
        "$PROGRAM x",
        "exec nowhere",
        "bin/start"
      })
  void there_is_no_hint_for_a_command_that_exists_or_cannot_be_looked_up(String command) {
    assertThat(CommandLookup.missing(command, root, root + "/tools")).isNull();
  }

  @Test
  void a_folder_of_path_may_be_relative_to_the_app() {
    assertThat(CommandLookup.missing("ls", root, "tools")).isNull();
  }
}
