package jlocal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

class HelpTest {

  static Stream<Subcommand<?>> commands() {
    return Echo.COMMANDS.all().stream();
  }

  private static String help(Subcommand<?> command) {
    return Echo.say(List.of(command.name(), "--help"), Map.of(), Typed.HERE).out();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void it_has_every_option_every_alias_and_every_example(Subcommand<?> command) {
    String help = help(command);
    for (OptionSpec option : command.spec().options()) {
      assertThat(help).contains(Options.key(option), option.shortestName().replace("--", ""));
    }
    PositionalParamSpec arguments = command.arguments();
    if (arguments != null) assertThat(help).contains(arguments.paramLabel());
    command.aliases().forEach(alias -> assertThat(help).contains(alias));
    command
        .allOptions()
        .forEach(group -> assertThat(help).contains("\n\n" + group.heading() + ":\n"));
    var texts = command.documented(command.allOptions());
    for (String line : texts.usageMessage().footer()) assertThat(help).contains("\n" + line + "\n");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void help_COMMAND_and_COMMAND_help_are_one(Subcommand<?> command) {
    assertThat(Echo.say(List.of("help", command.name()), Map.of(), Typed.HERE).out())
        .isEqualTo(help(command))
        .isEqualTo(Echo.say(List.of("-h", command.name()), Map.of(), Typed.HERE).out());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_option_and_command_has_a_text(Subcommand<?> command) {
    assertThat(command.summary()).isNotBlank();
    for (OptionSpec option : command.documented(command.allOptions()).options()) {
      assertThat(option.description()).as(option.longestName()).hasSize(1);
    }
  }

  @Test
  void defaults_are_shown() {
    assertThat(help(new StartCommand()).replaceAll("\\s+", " "))
        .contains("the Procfile; its folder is the app's root (default: Procfile)")
        .contains("(default: on-crash; ", "(default: 8080)", "(default: 1500)");
  }

  @ParameterizedTest
  @CsvSource({"'',80", "60,60", "90,90", "20,60", "300,100", "x,80"})
  void lines_fit_the_terminal(String columns, int width) {
    var said = Echo.say(List.of("start", "-h"), Map.of("COLUMNS", columns), Typed.HERE);
    int longest = said.out().lines().mapToInt(String::length).max().orElseThrow();
    assertThat(longest).isBetween(width - 12, width);
  }

  @Test
  void colours_are_for_terminals() {
    assertThat(help(new StartCommand())).doesNotContain("\033");
    var text = new StringWriter();
    var out = new Out(new PrintWriter(text), true);
    HelpCommand.print(new StartCommand(), new Context(out, out, Map.of(), Typed.HERE));
    assertThat(text.toString()).contains("\033[");
  }
}
