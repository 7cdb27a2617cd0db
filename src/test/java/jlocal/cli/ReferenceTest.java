package jlocal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.OptionSpec;

/** docs/reference.md agrees with the models of the commands. */
class ReferenceTest {
  private static final Path REFERENCE = Path.of("docs/reference.md");
  private static final Path CURRENT = Path.of("target/reference.md");

  private final StringBuilder text = new StringBuilder();

  @Test
  void it_is_up_to_date() throws IOException {
    String current = current();
    if (Files.exists(REFERENCE) && Files.readString(REFERENCE).equals(current)) return;
    Files.createDirectories(Path.of("target"));
    Files.writeString(CURRENT, current);
    assertThat(REFERENCE)
        .as("stale: the current text is in %s; run  cp %s %s", CURRENT, CURRENT, REFERENCE)
        .hasContent(current);
  }

  private String current() {
    line("# Reference");
    line("");
    line("The commands of jlocal and their options, generated from the parser's model.");
    line(
        "An option that has a variable can also be set in the environment, or in a `.jlocal` file");
    line("under the variable's name in lower case, without `JLOCAL_`.");
    new Commands().all().forEach(this::command);
    return text.toString();
  }

  private void command(Subcommand<?> command) {
    line("");
    line("## `jlocal " + command.name() + "`");
    line("");
    line("    " + HelpCommand.synopsis(command));
    line("");
    String[] sentences = HelpCommand.description(command);
    line(String.join(" ", sentences));
    command.allOptions().forEach(group -> group(command, group));
    String[] examples = command.documented(List.of()).usageMessage().footer();
    if (examples.length == 0) return;
    line("");
    line("Examples:");
    line("");
    for (int i = 0; i < examples.length; i += 2) {
      line("- `" + examples[i].strip() + "`: " + cell(examples[i + 1].strip()));
    }
  }

  private void group(Subcommand<?> command, Subcommand.OptionGroup group) {
    line("");
    line("| " + group.heading() + " | | variable |");
    line("|---|---|---|");
    command.documented(List.of(group)).options().forEach(this::option);
  }

  private void option(OptionSpec option) {
    String variable =
        Options.setting(option) == null ? "" : "`" + Settings.variable(Options.key(option)) + "`";
    line(
        "| `%s` | %s | %s |"
            .formatted(cell(Options.signature(option)), cell(option.description()[0]), variable));
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
