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
        "gunicorn app:app | gunicorn (.venv/bin/gunicorn exists; is the virtual environment active?)",
        "A=1 B= next dev | next (node_modules/.bin/next exists; write it so, or leave out --no-path)",
        "exec nowhere | nowhere",
        "bin/start --fast | bin/start",
      })
  void the_missing_program_is_named_with_the_place_where_it_might_be(String command, String named) {
    assertThat(CommandLookup.missing(command, root, root + "/tools"))
        .isEqualTo("command not found: " + named);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ls -l", "tools/ls", "\"quoted thing\" x", "(ls)", "$PROGRAM x"})
  void nothing_is_said_of_what_is_there_or_cannot_be_known(String command) {
    assertThat(CommandLookup.missing(command, root, root + "/tools")).isNull();
  }

  @Test
  void a_folder_of_path_may_be_relative_to_the_app() {
    assertThat(CommandLookup.missing("ls", root, "tools")).isNull();
  }
}
