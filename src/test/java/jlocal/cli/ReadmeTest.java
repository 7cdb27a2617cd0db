package jlocal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

/** README.md and docs/reference.md say what the commands accept, no less and no more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadmeTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(-[^`]+)` \\| ([^|]*?) ?\\| (?:[^|\\\\]|\\\\.)+ \\|$");
  private static final Pattern NAME = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*[a-z]");

  /** Lines of code in which options may be those of other programs. */
  private static final Pattern OTHERS = Pattern.compile("(?m)^    (?!jlocal (?!run)).*$");

  /** Options of other programs that stand in the README's text. */
  private static final Set<String> NOT_OURS =
      Set.of("--version", "--strict", "--inspect", "--server");

  private String readme = "";
  private String reference = "";

  /** A row of an option table. */
  private record Row(String signature, String fallback) {}

  @BeforeAll
  void read() throws IOException {
    readme = Files.readString(Path.of("README.md"));
    reference = Files.readString(Path.of("docs/reference.md"));
  }

  static Stream<SubCommand<?>> commands() {
    return Echo.COMMANDS.all().stream();
  }

  static Stream<SubCommand<?>> commandsWithTables() {
    return commands().filter(command -> command.options().size() > 2);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_command_is_in_the_table_of_commands(SubCommand<?> command) {
    String table = section(readme, "## Commands");
    String call = "jlocal " + command.name() + " " + command.arguments().label();
    assertThat(table).contains("| `" + call.strip().replace("|", "\\|") + "` |");
    command.aliases().forEach(alias -> assertThat(table).contains("`" + alias + "`"));
  }

  @ParameterizedTest
  @MethodSource("commandsWithTables")
  void every_option_is_named_where_its_command_is(SubCommand<?> command) {
    String section = section(reference, "### `jlocal " + command.name() + "`");
    var accepted = names(command.options().stream().map(Option::signature));
    assertThat(namesIn(section)).containsAll(accepted);
  }

  @ParameterizedTest
  @MethodSource("commandsWithTables")
  void a_table_has_the_options_of_its_command_with_their_defaults(SubCommand<?> command) {
    var known = command.options().stream().map(ReadmeTest::row).toList();
    List<Row> rows = rows(section(reference, "### `jlocal " + command.name() + "`"));
    assertThat(rows).isNotEmpty().isSubsetOf(known).doesNotHaveDuplicates();
    if (command.name().equals("start")) assertThat(rows).containsExactlyElementsOf(known);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void other_names_of_an_option_are_told(SubCommand<?> command) {
    for (Option<?> option : command.options()) {
      option.ways().aliases().forEach(alias -> assertThat(reference).contains("`" + alias + "`"));
    }
  }

  @Test
  void no_unknown_option_is_named() {
    Set<String> unknown = namesIn(OTHERS.matcher(readme + reference).replaceAll(""));
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

  private static List<Row> rows(String section) {
    return ROW.matcher(section)
        .results()
        .map(row -> new Row(row.group(1).replace("\\|", "|"), row.group(2)))
        .toList();
  }

  private static Row row(Option<?> option) {
    return new Row(option.signature(), option.isFlag() ? "" : option.defaultText());
  }

  private static Set<String> namesIn(String text) {
    return names(Stream.of(text));
  }

  private static Set<String> names(Stream<String> texts) {
    return texts
        .flatMap(text -> NAME.matcher(text).results().map(found -> found.group()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> allNames(SubCommand<?> command) {
    return command.options().stream()
        .flatMap(option ->
            Stream.concat(option.names().stream(), Stream.ofNullable(option.ways().opposite())));
  }
}
