package jlocal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jlocal.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunOptionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ls -la                  | ls -la",
        "ls -- -f x --help       | ls -- -f x --help",
        "-- ls -- x              | ls -- x",
        "-- -x                   | -x",
        "-e x cmd -e y --debug   | cmd -e y --debug",
        "-f P -p 3 cmd --no-path | cmd --no-path",
        "cmd -h                  | cmd -h",
        "cmd --color=x -p3 @file | cmd --color=x -p3 @file",
        "-1                      | -1"
      })
  void the_command_keeps_every_word_from_its_first_on(String args, String command)
      throws UserError {
    assertThat(String.join(" ", Typed.run(Typed.words(args)).arguments())).isEqualTo(command);
  }

  @Test
  void blanks_quotes_and_empty_words_pass() throws UserError {
    var words = List.of("a b", "", "\"q\"", "'q'", "${HOME}", "é", "a=b", "a,b");
    assertThat(Typed.run(words.toArray(String[]::new)).arguments()).isEqualTo(words);
  }

  @Test
  void options_before_the_command_are_ours() throws UserError {
    var options = Typed.run("-e", "x", "-p", "3", "--shell", "sh", "--no-path", "cmd");
    assertThat(AppOptions.from(options).files().envFiles()).containsExactly(Path.of("x"));
    assertThat(options.<Integer>get("--port")).isEqualTo(3);
    assertThat(options.is("--path")).isFalse();
  }

  @Test
  void a_port_setting_is_not_for_it(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve(".jlocal"), "port: 3000\nenv: x\n");
    var command = new RunCommand();
    var options = Typed.of(command, List.of("cmd"), Map.of("JLOCAL_PORT", "1"), folder).options();
    assertThat(options.<Object>get("--port")).isNull();
    assertThat(AppOptions.from(options).files().envFiles()).containsExactly(folder.resolve("x"));
  }

  @Test
  void not_even_a_warning_is_written_to_its_standard_error(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve(".jlocal"), "prot: 3000\n");
    assertThat(Echo.say(List.of("run", "x"), Map.of(), folder).err()).isEmpty();
    assertThat(Echo.say(List.of("start"), Map.of(), folder).err()).contains("unknown setting");
  }
}
