package jlocal.procfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import jlocal.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Malformed Procfiles are reported with how to fix them. */
class MalformedProcfileTest {
  private static String problems(String text) {
    return ProcfileParser.parse(text, "Procfile").problems().stream()
        .map(Problem::toString)
        .collect(Collectors.joining("\n"));
  }

  static Stream<Arguments> a_line_without_a_type() {
    return Stream.of(
        Arguments.of("mailcatcher -f --http-ip=0.0.0.0", "NAME: mailcatcher -f --http-ip=0.0.0.0"),
        Arguments.of("java -jar x:y.jar", "NAME: java -jar x:y.jar"),
        Arguments.of("PORT=3000 node server.js", "NAME: PORT=3000 node server.js"),
        Arguments.of("curl http://localhost", "NAME: curl http://localhost"),
        Arguments.of("rake db:migrate", "NAME: rake db:migrate"),
        Arguments.of("./run", "NAME: ./run"),
        Arguments.of("// web: x", "NAME: // web: x"),
        Arguments.of("[[ -f x ]] && run", "NAME: [[ -f x ]] && run"),
        Arguments.of("web node server.js", "web: node server.js"),
        Arguments.of("worker   rake jobs", "worker: rake jobs"));
  }

  @ParameterizedTest
  @MethodSource
  void a_line_without_a_type(String line, String better) {
    assertThat(problems("ok: x\n" + line))
        .isEqualTo(
            "Procfile:2: error: no process type before the command: "
                + line
                + "\n   hint: write it as  "
                + better);
  }

  @Test
  void an_empty_type_is_a_missing_type() {
    assertThat(problems("ok: x\n: node x"))
        .isEqualTo(
            """
            Procfile:2: error: no process type before the command: node x
               hint: write it as  NAME: node x\
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "my.worker",
        "wéb",
        "web/1",
        "web server",
        "my own worker",
        "127.0.0.1",
        "web@2",
        "\"web\"",
      })
  void a_wrong_name(String name) {
    assertThat(problems("ok: x\n" + name + ": node x"))
        .isEqualTo(
            "Procfile:2: error: '"
                + name
                + "' cannot be a process type; use letters, digits, - and _");
  }

  @ParameterizedTest
  @ValueSource(strings = {"my.worker:node x", "my.worker:", "my.worker:\tx"})
  void a_wrong_name_without_a_blank_after_it(String line) {
    assertThat(problems("ok: x\n" + line))
        .isEqualTo(
            "Procfile:2: error: 'my.worker' cannot be a process type;"
                + " use letters, digits, - and _");
  }

  @ParameterizedTest
  @ValueSource(strings = {"web:", "web: \t", "  web:", "web :", "web:\u00A0"})
  void a_type_without_a_command(String line) {
    assertThat(problems("ok: x\n" + line + "\nlast: y"))
        .isEqualTo("Procfile:2: error: web has no command");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"web : node server.js", "  web\t:node server.js", "web  :  node server.js"})
  void a_blank_before_the_colon(String line) {
    assertThat(problems(line))
        .isEqualTo(
            "Procfile:1: error: blank before ':' in '"
                + line.strip()
                + "'; write 'web: node server.js'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n  -jar x", "\n  -Dport:80 x", "\r\n  -jar x\r\n", "  \n-cp a b.jar"})
  void a_continued_line(String rest) {
    assertThat(problems("# x\nweb: java \\" + rest))
        .isEqualTo(
            "Procfile:3: error: a Procfile line cannot be continued with \\ ;"
                + " put the command on one line or in a script");
  }

  @Test
  void each_line_of_a_continued_command_is_reported() {
    assertThat(problems("web: a \\\n b \\\n c\n d"))
        .isEqualTo(
            """
            Procfile:2: error: a Procfile line cannot be continued with \\ ; put the command on one \
            line or in a script
            Procfile:3: error: a Procfile line cannot be continued with \\ ; put the command on one \
            line or in a script
            Procfile:4: error: no process type before the command: d
               hint: write it as  NAME: d\
            """);
  }

  @Test
  void a_comment_is_not_continued() {
    assertThat(problems("# x \\\nrun")).startsWith("Procfile:2: error: no process type before");
  }

  static Stream<Arguments> another_format_is_one_error() {
    return Stream.of(
        Arguments.of("{\"web\": \"node x\"}", "1", "JSON"),
        Arguments.of("{\n  \"web\": \"node x\",\n  \"a\": 1\n}", "1", "JSON"),
        Arguments.of("[\n  {\"web\": \"node x\"}\n]", "1", "JSON"),
        Arguments.of("[{\"type\": \"web\"}]", "1", "JSON"),
        Arguments.of("---\nweb: node x", "1", "YAML"),
        Arguments.of("- web: node x\n- b: c", "1", "YAML"),
        Arguments.of("web:\n  command: node x", "1", "YAML"),
        Arguments.of("# c\nversion: '3'\nservices:\n  web:\n    image: x\n", "3", "YAML"),
        Arguments.of("web:\n  - node x", "1", "YAML"),
        Arguments.of("# c\n\nPORT=3000\nDATABASE_URL=postgres://u:p@h/d\n", "3", "KEY=value"),
        Arguments.of("export A=b\nC=d", "1", "KEY=value"),
        Arguments.of("A=\"b c\"\nD=e f", "1", "KEY=value"),
        Arguments.of("A='b c' # d", "1", "KEY=value"),
        Arguments.of("A=", "1", "KEY=value"));
  }

  @ParameterizedTest
  @MethodSource
  void another_format_is_one_error(String text, String line, String format) {
    assertThat(problems(text))
        .isEqualTo(
            "Procfile:"
                + line
                + ": error: this looks like "
                + format
                + ", not a Procfile; expected 'web: command'");
  }

  @Test
  void an_assignment_among_entries_is_reported_without_its_value() {
    assertThat(problems("web: x\nSECRET=hunter2\nworker: y"))
        .isEqualTo(
            "Procfile:2: error: this looks like KEY=value, not a Procfile; expected 'web:"
                + " command'");
  }

  @Test
  void a_type_without_a_command_above_another_entry_is_not_yaml() {
    assertThat(problems("web:\nworker: x")).isEqualTo("Procfile:1: error: web has no command");
  }

  @Test
  void a_template_is_recognized_by_its_tags() {
    assertThat(problems("web: x\n{%- if celery %}\nworker: y\n{{ more }}"))
        .isEqualTo(
            """
            Procfile:2: error: a template tag, not a process type: {%- if celery %}
               hint: render the template first
            Procfile:4: error: a template tag, not a process type: {{ more }}
               hint: render the template first\
            """);
  }

  @Test
  void a_merge_conflict_is_reported_once() {
    assertThat(problems("a: b\n<<<<<<< HEAD\nweb: x\n=======\nweb: y\n>>>>>>> topic\n"))
        .isEqualTo(
            """
            Procfile:2: error: unresolved merge conflict
            Procfile:5: warning: web was already defined on line 3; this command is used\
            """);
  }

  @Test
  void a_long_line_is_cut_in_the_message() {
    assertThat(problems("x y" + "z".repeat(100_000)).length()).isLessThan(500);
  }

  @Test
  void a_line_cannot_write_to_the_terminal() {
    assertThat(problems("run \u001b[31m me")).doesNotContain("\u001b").contains("run \\x1b[31m me");
  }

  @Test
  void an_unknown_type_is_reported_with_the_nearest_and_all_types() {
    var procfile = ProcfileParser.parse("web: a\nworker: b\nrelease: c", "Procfile").value();
    assertThat(procfile.noSuchType("worke", "Procfile"))
        .hasToString(
            "jlocal: error: no process type 'worke' in Procfile; did you mean 'worker'?"
                + " (web, worker, release)");
    assertThat(procfile.noSuchType("database", "Procfile.dev"))
        .hasToString(
            "jlocal: error: no process type 'database' in Procfile.dev (web, worker, release)");
  }

  @ParameterizedTest
  @ValueSource(strings = {".env", "app/.env", ".env.local", "config/prod.env"})
  void nothing_in_an_env_file_is_ever_shown(String file) {
    String text = "-----BEGIN\nSECRET: hunter2\nhunter2\nKEY = hunter2\n\"A\"=\"hunter2: x\"";
    assertThat(ProcfileParser.parse(text, file).problems().stream().map(Problem::toString))
        .containsExactly(
            file
                + ": error: an env file by its name, not a Procfile\n"
                + "   hint: -f names the Procfile, -e env files");
  }

  @ParameterizedTest
  @ValueSource(strings = {"KEY = hunter2", "export KEY = hunter2", "'KEY' = hunter2"})
  void an_assignment_with_blanks_is_not_shown(String line) {
    assertThat(problems("ok: x\n" + line))
        .contains("looks like KEY=value")
        .doesNotContain("hunter2");
  }
}
