package jlocal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ManPageTest {
  private final String page = ManPage.of(Main.commands());

  @Test
  void it_tells_every_command_and_every_option() {
    for (SubCommand<?> command : Main.commands().all()) {
      assertThat(page).contains(".SS " + command.name().replace("-", "\\-"));
      for (Option<?> option : command.options()) {
        assertThat(page).contains(option.name().replace("-", "\\-"));
      }
    }
  }

  @Test
  void no_line_of_text_begins_as_a_request_would() {
    assertThat(page.lines().filter(line -> line.startsWith(".")))
        .allMatch(line -> line.matches("\\.(TH|SH|SS|TP|PP|B|I)( .*)?"));
  }
}
