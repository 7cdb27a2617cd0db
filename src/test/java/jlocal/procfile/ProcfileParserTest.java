package jlocal.procfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jlocal.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcfileParserTest {
  private static SequencedMap<String, String> entries(String text) {
    var reading = ProcfileParser.parse(text.getBytes(UTF_8), "Procfile");
    assertThat(reading.problems()).as("problems").isEmpty();
    return plain(reading.value());
  }

  private static SequencedMap<String, String> plain(Procfile procfile) {
    var entries = new LinkedHashMap<String, String>();
    procfile.entries().forEach((type, command) -> entries.put(type.name(), command.line()));
    return entries;
  }

  private static String problems(String text) {
    return ProcfileParser.parse(text.getBytes(UTF_8), "Procfile").problems().stream()
        .map(Problem::toString)
        .collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "web: node server.js",
        "web: node server.js\n",
        "web:\tnode server.js",
        "web:     node server.js",
        "  \t web: node server.js",
        "web: node server.js \t ",
        "web: node server.js\u00A0",
        "\uFEFFweb: node server.js\n",
        "web: node server.js\r\n",
        "web: node server.js\r",
        "\n\n \t \nweb: node server.js\n\n",
        "# comment\n  # indented: comment\nweb: node server.js\n#web: x",
        "#!/usr/bin/env foreman\nweb: node server.js",
      })
  void an_entry_may_be_laid_out_freely(String text) {
    assertThat(entries(text)).isEqualTo(Map.of("web", "node server.js"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bundle exec puma -p $PORT # not a comment",
        "java -jar target/*.jar --server.port=${PORT:-5000}",
        "\"quoted program\" 'and more' `date` $(date)",
        "FOO=bar BAZ=\"a b\" node x",
        "[[ -f x ]] && run || true; sleep 1 | cat",
        "java -cp target\\classes;\"target\\dependency\\*\" App",
        "cd dir\\",
        ": no-op",
        "# all comment to the shell",
        "echo a:b: c",
        "grüße 😀 \u2028 \u0085 x",
        "a\u000Bb\fc",
        "{\"json\": true}",
        "\\",
      })
  void a_command_is_left_as_it_is(String command) {
    assertThat(entries("web: " + command + "\nb: x")).isEqualTo(Map.of("web", command, "b", "x"));
  }

  @Test
  void names_keep_their_case_and_order() {
    assertThat(entries("web: a\nWeb: b\n1: c\n_x-Y-2: d\n-: e").toString())
        .isEqualTo("{web=a, Web=b, 1=c, _x-Y-2=d, -=e}");
  }

  @Test
  void a_lone_carriage_return_ends_a_line() {
    assertThat(entries("web: a\rworker: b\r\rclock: c").toString())
        .isEqualTo("{web=a, worker=b, clock=c}");
  }

  @Test
  void a_line_of_100_kB_is_read() {
    String command = "x".repeat(100_000);
    assertThat(entries("web: " + command)).isEqualTo(Map.of("web", command));
  }

  @Test
  void a_thousand_entries_are_read() {
    String text =
        IntStream.range(0, 1000)
            .mapToObj(i -> "t" + i + ": run " + i + "\n")
            .collect(Collectors.joining());
    assertThat(entries(text)).hasSize(1000).containsEntry("t999", "run 999");
  }

  @Test
  void release_is_read_like_any_other_type() {
    assertThat(entries("release: migrate")).isEqualTo(Map.of("release", "migrate"));
  }

  static Stream<Arguments> files_that_are_accepted_with_a_warning() {
    return Stream.of(
        Arguments.of(
            "web:node",
            "{web=node}",
            "Procfile:1: warning: 'web:' has no blank after the colon; Heroku requires one"),
        Arguments.of(
            "web: a\nworker: b\n\n\nweb: c",
            "{web=c, worker=b}",
            "Procfile:5: warning: web was already defined on line 1; this command is used"),
        Arguments.of(
            "r: a\nr: b\nr: c",
            "{r=c}",
            """
            Procfile:2: warning: r was already defined on line 1; this command is used
            Procfile:3: warning: r was already defined on line 2; this command is used\
            """),
        Arguments.of(
            "all: x",
            "{all=x}",
            "Procfile:1: warning: all=1 in a formation means every process type;"
                + " rename the type 'all'"));
  }

  @ParameterizedTest
  @MethodSource
  void files_that_are_accepted_with_a_warning(String text, String entries, String problems) {
    var reading = ProcfileParser.parse(text, "Procfile");
    assertThat(plain(reading.value())).hasToString(entries);
    assertThat(reading.hasErrors()).isFalse();
    assertThat(problems(text)).isEqualTo(problems);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "# only comments\n  # here", "\uFEFF", " \t\r\n"})
  void a_file_without_entries_is_an_error(String text) {
    assertThat(problems(text)).isEqualTo("Procfile: error: no processes defined");
  }

  @Test
  void all_errors_are_reported_at_once_in_file_order() {
    assertThat(problems("# x\nmy.worker: a\nweb:\nrun me\n web : b\nok: c\nok: d"))
        .isEqualTo(
            """
            Procfile:2: error: 'my.worker' cannot be a process type; use letters, digits, - and _
            Procfile:3: error: web has no command
            Procfile:4: error: no process type before the command: run me
               hint: write it as  NAME: run me
            Procfile:5: error: blank before ':' in 'web : b'; write 'web: b'
            Procfile:7: warning: ok was already defined on line 6; this command is used\
            """);
  }

  @Test
  void the_place_is_named_as_the_user_named_the_file() {
    assertThat(ProcfileParser.parse("x", "../app/Procfile.dev").problems().getFirst().toString())
        .startsWith("../app/Procfile.dev:1: error: ");
  }

  @Test
  void a_procfile_that_is_not_text_is_one_error() {
    assertThat(ProcfileParser.parse("web: a\0".getBytes(UTF_8), "Procfile").problems())
        .hasToString("[Procfile:1: error: a NUL byte in column 7; a text file has none]");
    assertThat(ProcfileParser.parse(new byte[] {'w', ':', ' ', (byte) 0xE9}, "P").problems())
        .hasToString(
            "[P:1: error: byte 0xE9 in column 4 is not UTF-8 (Latin-1 file?);"
                + " save the file as UTF-8]");
  }
}
