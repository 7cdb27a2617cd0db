package jlocal.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jlocal.cli.OtherRunners.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.OptionSpec;

/** Runs every row of the table of other runners, and checks its advice. */
class OtherRunnersTest {
  /** A value for each placeholder. */
  private static final Map<String, String> VALUES =
      Map.ofEntries(
          Map.entry("N", "30"),
          Map.entry("PORT", "8888"),
          Map.entry("TYPE", "web"),
          Map.entry("TYPE=N", "web=2"),
          Map.entry("TYPE=SIGNAL", "web=INT"),
          Map.entry("FILE", "./some.yaml"),
          Map.entry("SOCK", "./x.sock"),
          Map.entry("ADDRESS", "127.0.0.1:4050"),
          Map.entry("TEXT", "{time}-{pid}"),
          Map.entry("FORMAT", "HH:mm"),
          Map.entry("COUNT", "4"),
          Map.entry("CONDITION", "first"),
          Map.entry("HOST", "localhost"),
          Map.entry("COLORS", "2,3"));

  /** Valid values of files and variables, by setting. */
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("procfile", "Procfile.dev"),
          Map.entry("port", "7000"),
          Map.entry("port-step", "10"),
          Map.entry("env", "some.env"),
          Map.entry("timeout", "7"),
          Map.entry("formation", "web=2"),
          Map.entry("except", "clock"),
          Map.entry("timestamp", "true"),
          Map.entry("shell", "/bin/sh"),
          Map.entry("root", "."),
          Map.entry("no-prefix", "true"));

  private static final Commands COMMANDS = new Commands();

  @TempDir Path app;

  static Stream<Arguments> options() {
    return OtherRunners.all().stream()
        .filter(entry -> entry.names().getFirst().startsWith("-"))
        .filter(entry -> !entry.where().equals(OtherRunners.COMMANDS))
        .flatMap(entry -> entry.names().stream().map(name -> Arguments.of(name, entry)));
  }

  @ParameterizedTest
  @MethodSource("options")
  void every_option_is_the_same_or_answered_by_name(String typed, Entry entry) {
    String command = entry.where().equals("any") ? "start" : entry.where();
    String[] words = typed.split(" ", 2);
    var args = new ArrayList<>(List.of(command, words[0]));
    if (words.length > 1) args.add(VALUES.getOrDefault(words[1], "something"));
    if (command.equals("connect")) args.add("web.1");

    Echo.Said said = Echo.say(args, Map.of(), app);

    String answer = "'" + words[0] + "' of ";
    boolean isHere = isHere(command, words[0]);
    if (entry.isSame()) {
      assertThat(isHere).as(typed).isTrue();
      assertThat(said.err()).doesNotContain("unknown", "did you mean", answer);
    } else if (entry.answer().startsWith("means ")) {
      assertThat(isHere).as(typed).isTrue();
      if (said.err().startsWith("jlocal: --")) {
        assertThat(said.err()).contains(entry.whose() + ": " + entry.answer());
      }
    } else {
      assertThat(said.status()).isEqualTo(2);
      assertThat(said.err()).contains(answer, entry.whose(), ": " + entry.answer());
      assertThat(said.err()).doesNotContain("did you mean");
    }
  }

  private static boolean isHere(String command, String name) {
    return options(requireNonNull(COMMANDS.find(command))).contains(name);
  }

  static Stream<Arguments> words() {
    return OtherRunners.all().stream()
        .filter(entry -> Set.of(OtherRunners.COMMANDS, OtherRunners.RUN).contains(entry.where()))
        .flatMap(entry -> entry.words().stream().map(name -> Arguments.of(name, entry)));
  }

  @ParameterizedTest
  @MethodSource("words")
  void every_command_is_the_same_or_answered_by_name(String name, Entry entry) {
    if (entry.where().equals(OtherRunners.RUN)) {
      assertThat(OtherRunners.instead(OtherRunners.RUN, name)).endsWith(entry.answer());
    } else if (entry.isSame()) {
      assertThat(COMMANDS.find(name)).isNotNull();
    } else {
      Echo.Said said = Echo.say(List.of(name), Map.of(), app);
      assertThat(said.status()).isEqualTo(2);
      assertThat(said.err()).contains("'" + name + "' of ", entry.whose(), ": " + entry.answer());
      assertThat(said.err()).doesNotContain("did you mean");
    }
  }

  static Stream<Arguments> variables() {
    return OtherRunners.all().stream()
        .filter(entry -> entry.where().equals(OtherRunners.VARIABLES))
        .flatMap(entry -> entry.words().stream().map(name -> Arguments.of(name, entry)));
  }

  @ParameterizedTest
  @MethodSource("variables")
  void every_variable_is_heeded_or_told_once(String name, Entry entry) throws IOException {
    String variable = name.replace("*", "GROUP");
    Files.writeString(app.resolve("some.env"), "");
    Files.writeString(app.resolve("Procfile.dev"), "web: true\n");
    String key = entry.setting();
    Map<String, String> environment =
        Map.of(variable, key == null ? "something" : requireNonNull(SETTINGS.get(key)));

    Echo.Said said = Echo.say(List.of("start", "--explain"), environment, app);

    String warning = variable + " of " + entry.whose() + ": " + entry.answer();
    if (key != null) {
      assertThat(said.err()).isEmpty();
      assertThat(said.out()).containsPattern("(?m) " + variable + "$");
    } else if (entry.isIgnored()) {
      assertThat(said.err()).isEmpty();
    } else {
      assertThat(said.err()).isEqualTo("jlocal: warning: " + warning + "\n");
      assertThat(Echo.say(List.of("ps"), environment, app).err()).isEmpty();
    }
  }

  static Stream<Arguments> keys() {
    return OtherRunners.all().stream()
        .filter(entry -> entry.where().startsWith("."))
        .flatMap(entry -> entry.words().stream().map(name -> Arguments.of(name, entry)));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void every_key_of_a_file_is_read_or_told(String name, Entry entry) throws IOException {
    String key = entry.setting();
    String value = key == null ? "something" : requireNonNull(SETTINGS.get(key));
    Files.writeString(app.resolve(entry.where()), "# note\n" + name + ": " + value + "\n");

    Echo.Said said = Echo.say(List.of("start", "--explain"), Map.of(), app);

    if (key != null) assertThat(said.out()).containsPattern(entry.where() + ":2(?m)$");
    else if (!entry.isIgnored()) assertThat(said.err()).contains(entry.answer());
    if (key != null || entry.isIgnored()) assertThat(said.err()).isEmpty();
  }

  @Test
  void the_env_files_of_overmind_are_env_files_and_set_what_they_say() throws IOException {
    Files.writeString(app.resolve(".overmind.env"), "OVERMIND_PORT=7100\nA=1\n");
    Files.writeString(app.resolve(".env"), "A=2\n");
    Files.writeString(app.resolve("more.env"), "A=3\n");

    String alone = explained(Map.of());
    String with = explained(Map.of("OVERMIND_ENV", app.resolve("more.env").toString()));

    assertThat(alone).containsPattern("port +7100 +.*overmind.env:1");
    assertThat(alone).containsPattern("env +.overmind.env,.env +.*overmind.env:1");
    assertThat(with).containsPattern("env +.*.overmind.env,.*/.env,.*/more.env +OVERMIND_ENV");
  }

  @Test
  void overmind_s_file_of_the_home_folder_is_heeded_after_that_of_the_app() throws IOException {
    Path home = Files.createDirectory(app.resolve("home"));
    Files.writeString(
        home.resolve(".overmind.env"), "OVERMIND_PORT=7200\nOVERMIND_TIMEOUT=9\nA=1\n");
    var environment = Map.of("HOME", home.toString());

    Echo.Said said = Echo.say(List.of("start", "--explain"), environment, app);
    Files.writeString(app.resolve(".overmind.env"), "OVERMIND_PORT=7100\n");
    String both = explained(environment);

    assertThat(said.out()).containsPattern("port +7200 +.*home/.overmind.env:1");
    assertThat(said.out()).containsPattern("timeout +9 +.*home/.overmind.env:2");
    assertThat(said.err()).contains("home/.overmind.env: the processes do not get A; -e ");
    assertThat(both).containsPattern("port +7100 +.*overmind.env:1");
    assertThat(both).containsPattern("timeout +9 +.*home/.overmind.env:2");
  }

  private String explained(Map<String, String> environment) {
    return Echo.say(List.of("start", "--explain"), environment, app).out();
  }

  @Test
  void options_and_variables_of_jlocal_go_before_those_of_others() {
    var environment = Map.of("OVERMIND_PORT", "7000", "JLOCAL_PORT", "7100", "PROCFILE", "x");

    assertThat(explained(environment)).containsPattern("port +7100 +JLOCAL_PORT");
    assertThat(Echo.say(List.of("start", "-f", "y", "--explain"), environment, app).out())
        .containsPattern("procfile +y +command line");
  }

  /** Commands that the table explains must not exist, those it advises must. */
  @Test
  void the_table_advises_what_there_is() {
    var options = new ArrayList<>(List.of("--version"));
    for (Subcommand<?> command : COMMANDS.all()) options.addAll(options(command));
    for (Entry entry : OtherRunners.all()) {
      if (entry.where().equals(OtherRunners.COMMANDS) && !entry.isSame()) {
        assertThat(entry.names()).allMatch(name -> COMMANDS.find(name) == null);
      }
      assertThat(found("(?:use |, |or )  ?jlocal ([a-z]+)", entry.answer()))
          .allMatch(name -> COMMANDS.find(name) != null, entry.answer());
      assertThat(options).containsAll(found("(?:^|[ (])(--[a-z-]+)", entry.answer()));
    }
  }

  private static List<String> options(Subcommand<?> command) {
    var options = new ArrayList<String>();
    for (OptionSpec option : command.spec().options()) {
      options.addAll(List.of(option.names()));
      if (option.negatable()) options.add("--no-" + Options.key(option));
      Options.Setting setting = Options.setting(option);
      if (setting != null) options.add(setting.opposite());
    }
    return options;
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1)).toList();
  }

  @Test
  void the_documentation_is_the_table() throws IOException {
    Path file = Path.of("docs/migration.md");
    String text = Files.readString(file);
    String heading = "## Word by word\n";
    int from = text.indexOf(heading);
    String current = text.substring(0, from < 0 ? text.length() : from) + heading + table();
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target/migration.md"), current);
    assertThat(text).as("stale: run  cp target/migration.md docs/migration.md").isEqualTo(current);
  }

  private static String table() {
    var text =
        new StringBuilder(
            """

            Generated from src/main/resources/jlocal/cli/other-runners.txt, the source of the answers on the command line.
            `= key` marks a variable or key that is read as that setting.

            | where | word | whose | here |
            |---|---|---|---|
            """);
    for (Entry entry : OtherRunners.all()) {
      String names = "`" + String.join("`, `", entry.names()) + "`";
      text.append(
          "| %s | %s | %s | %s |%n"
              .formatted(entry.where(), names, entry.whose(), entry.answer().replace("|", "\\|")));
    }
    return text.toString();
  }
}
