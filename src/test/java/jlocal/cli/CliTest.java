package jlocal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {

  private static Echo.Said say(String args) {
    return Echo.say(List.of(Typed.words(args)), Map.of(), Typed.HERE);
  }

  @ParameterizedTest
  @CsvSource({
    "start,start",
    "local,start",
    "local:start,start",
    "local start,start",
    "local web,start",
    "-j P start,start",
    "-t 5 --color start,start",
    "-fP --port=1 local web,start",
    "run x,run",
    "-e start run x,run",
    "local:run x,run",
    "local run x,run",
    "check,check",
    "config,config",
    "config:get A,config:get",
    "config get A,config:get"
  })
  void a_command_is_found_by_each_of_its_names_wherever_options_stand(String args, String name) {
    var said = say(args);
    assertThat(said.err()).isEmpty();
    assertThat(said.out()).startsWith(name + " ");
    assertThat(said.status()).isEqualTo(42);
  }

  @Test
  void options_before_and_behind_the_command_mean_the_same() {
    assertThat(say("-f P -p 3 start web").out()).isEqualTo(say("start web -f P -p 3").out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--version",
        "-v",
        "-V",
        "version",
        "local:version",
        "-f x --version",
        "version --debug"
      })
  void the_version_is_that_of_the_build(String args) {
    var said = say(args);
    assertThat(said.out()).matches("jlocal [0-9]+\\.[0-9]+\\.[0-9]+\\S*\n");
    assertThat(said.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "help", "-h", "--help"})
  void help_lists_the_commands(String args) {
    var said = say(args);
    assertThat(said.status()).isZero();
    for (Subcommand<?> command : Echo.COMMANDS.all()) {
      assertThat(said.out()).contains("\n  " + command.name() + " ");
    }
  }

  @Test
  void check_accepts_what_decides_about_a_start() {
    assertThat(say("check --json -m web=2 -p 3 --no-proxy worker").out())
        .contains("counts={worker=1}", "value=3", "enabled=false", "json=true");
  }

  @Test
  void texts_are_utf_8_whatever_the_locale() {
    var bytes = new ByteArrayOutputStream();
    var out = Out.utf8(bytes, false);
    out.line("é");
    out.writer().flush();
    assertThat(bytes.toByteArray()).isEqualTo("é\n".getBytes(StandardCharsets.UTF_8));
  }
}
