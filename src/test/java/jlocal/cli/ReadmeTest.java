package jlocal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.PositionalParamSpec;

/** README.md agrees with the commands. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadmeTest {
  private static final Pattern NAME = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*[a-z]");

  /** Code lines whose options may belong to other programs. */
  private static final Pattern OTHERS = Pattern.compile("(?m)^    (?!jlocal (?!run)).*$");

  /** Options of other programs in the README's text. */
  private static final Set<String> NOT_OURS =
      Set.of("--version", "--strict", "--inspect", "--server");

  private String readme = "";

  @BeforeAll
  void read() throws IOException {
    readme = Files.readString(Path.of("README.md"));
  }

  static Stream<Subcommand<?>> commands() {
    return Echo.COMMANDS.all().stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_command_is_in_the_table_of_commands(Subcommand<?> command) {
    String table = section(readme, "## Commands");
    PositionalParamSpec arguments = command.arguments();
    String label = arguments == null ? "" : arguments.paramLabel();
    String call = "jlocal " + command.name() + " " + label;
    assertThat(table).contains("| `" + call.strip().replace("|", "\\|") + "` |");
    command.aliases().forEach(alias -> assertThat(table).contains("`" + alias + "`"));
  }

  @Test
  void no_unknown_option_is_named() {
    Set<String> unknown = namesIn(OTHERS.matcher(readme).replaceAll(""));
    unknown.removeAll(names(commands().flatMap(ReadmeTest::allNames)));
    unknown.removeAll(NOT_OURS);
    assertThat(unknown).isEmpty();
  }

  @Test
  void the_build_server_runs_the_command_of_the_README() throws IOException {
    String command = "mvn verify";
    assertThat(section(readme, "## Two commands")).contains("\n    " + command + "\n");
    assertThat(Files.readString(Path.of(".ci/run"))).endsWith("\n" + command + "\n");
  }

  @Test
  void it_is_at_most_250_lines() {
    assertThat(readme.lines()).hasSizeLessThanOrEqualTo(250);
  }

  @Test
  void every_file_it_points_to_is_there() {
    var links = Pattern.compile("]\\(([^):#]+)\\)").matcher(readme).results().toList();
    assertThat(links).isNotEmpty();
    links.forEach(link -> assertThat(Path.of(link.group(1))).exists());
  }

  private static String section(String text, String heading) {
    int from = text.indexOf("\n" + heading + "\n");
    assertThat(from).as(heading).isNotNegative();
    var next = Pattern.compile("\n##+ ").matcher(text);
    return next.find(from + 1) ? text.substring(from, next.start()) : text.substring(from);
  }

  private static Set<String> namesIn(String text) {
    return names(Stream.of(text));
  }

  private static Set<String> names(Stream<String> texts) {
    return texts
        .flatMap(text -> NAME.matcher(text).results().map(found -> found.group()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> allNames(Subcommand<?> command) {
    return command.spec().options().stream()
        .flatMap(option ->
            Stream.concat(
                Stream.of(option.names()), Settings.keys(option).stream().map(key -> "--" + key)));
  }
}
