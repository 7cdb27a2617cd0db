package jlocal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.OptionSpec;

class ManPageTest {
  private final String page = ManPage.of(new Commands());

  @Test
  void it_has_every_command_and_every_option() {
    for (Subcommand<?> command : new Commands().all()) {
      assertThat(page).contains(".SS " + command.name().replace("-", "\\-"));
      for (OptionSpec option : command.spec().options()) {
        assertThat(page).contains(Options.signature(option).replace("-", "\\-"));
      }
    }
  }

  @Test
  void no_line_of_text_begins_as_a_request_would() {
    assertThat(page.lines().filter(line -> line.startsWith(".")))
        .allMatch(line -> line.matches("\\.(TH|SH|SS|TP|PP|B|I)( .*)?"));
  }
}
