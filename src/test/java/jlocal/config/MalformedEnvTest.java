package jlocal.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The problems of env files, and the values that are read nevertheless. */
class MalformedEnvTest {
  private static final String DOUBLE =
      "\n   hint: close it with \" or write the line breaks as \\n";
  private static final String SINGLE =
      "\n   hint: close it with ' or use \"…\" and write the line breaks as \\n";
  private static final String NOT_AN_ASSIGNMENT =
      ": warning: not KEY=value, line ignored"
          + "\n   hint: 'heroku config -s' prints lines that can be used here";

  private static Reading<EnvFile> read(String text) {
    return EnvFile.parse(text.getBytes(UTF_8), ".env");
  }

  private static String said(String text) {
    return read(text).problems().stream().map(Problem::toString).collect(Collectors.joining("\n"));
  }

  static Stream<Arguments> a_value_ends_at_a_hash() {
    return Stream.of(
        Arguments.of("K=abc#def", "abc", 6),
        Arguments.of("K=abc# def", "abc", 6),
        Arguments.of("K=#fff", "", 3),
        Arguments.of("K= #fff", "", 4),
        Arguments.of("K=a#b # c", "a", 4),
        Arguments.of("  export K = ü😀#x", "ü😀", 16),
        Arguments.of("K=http://h/#/x", "http://h/", 12),
        Arguments.of("K={\"c\":\"#fff\"}", "{\"c\":\"", 9));
  }

  @ParameterizedTest
  @MethodSource
  void a_value_ends_at_a_hash(String line, String value, int column) {
    var reading = read("A=1\n\n" + line);
    assertThat(reading.value().value("K")).isEqualTo(value);
    assertThat(reading.problems())
        .hasToString(
            "[.env:3: warning: K ends at the '#' in column "
                + column
                + "; put the value in quotes if '#' belongs to it]");
  }

  static Stream<Arguments> text_after_the_closing_quote() {
    String single = "\n   hint: single quotes have no escapes; write \"it's\" instead of 'it\\'s'";
    String dbl = "\n   hint: write \\\" for a quote inside double quotes";
    return Stream.of(
        Arguments.of("K='it\\'s'", "it\\", single),
        Arguments.of("K='a' b", "a", ""),
        Arguments.of("K='a'b'c'", "a", single),
        Arguments.of("K=\"value\"more", "value", ""),
        Arguments.of("K=\"a\"'b'", "a", ""),
        Arguments.of("K=\"say \"hi\"\"", "say ", dbl),
        Arguments.of("K=\"a\" \"b\" # c", "a", dbl));
  }

  @ParameterizedTest
  @MethodSource
  void text_after_the_closing_quote(String line, String value, String hint) {
    var reading = read(line + "\nNEXT=1");
    assertThat(reading.value().value("K")).isEqualTo(value);
    assertThat(reading.value().value("NEXT")).isEqualTo("1");
    assertThat(reading.problems())
        .hasToString("[.env:1: warning: text after the closing quote of K is ignored" + hint + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n", "\nNEXT=1", "\nB=\"x\"", "\nB=\"C:\\b\\\\\"", " # c", " \t\nB='it'"})
  void a_windows_path_does_not_swallow_the_next_lines(String rest) {
    var reading = read("K=\"C:\\dir\\\"" + rest);
    assertThat(reading.value().value("K")).isEqualTo("C:\\dir\\");
    assertThat(reading.problems())
        .hasToString(
            "[.env:1: warning: the \\\" that ends K is read as a backslash and the closing quote"
                + "\n   hint: write \\\\\" at the end, or use single quotes]");
  }

  @Test
  void two_windows_paths_in_a_row_are_two_values() {
    var reading = read("A=\"C:\\a\\\"\nB=\"C:\\b\\\"\nC=\"c\"");
    assertThat(reading.value().value("A")).isEqualTo("C:\\a\\");
    assertThat(reading.value().value("B")).isEqualTo("C:\\b\\");
    assertThat(reading.value().value("C")).isEqualTo("c");
    assertThat(reading.hasErrors()).isFalse();
  }

  static Stream<Arguments> a_quote_that_is_never_closed() {
    return Stream.of(
        Arguments.of("A=1\nKEY=\"oops\nC=3", 2, DOUBLE),
        Arguments.of("KEY=\"", 1, DOUBLE),
        Arguments.of("KEY=\"a\\\"b", 1, DOUBLE),
        Arguments.of("\n\nKEY='oops\n", 3, SINGLE),
        Arguments.of("KEY='a\n\nb # c\n", 1, SINGLE));
  }

  @ParameterizedTest
  @MethodSource
  void a_quote_that_is_never_closed(String text, int line, String hint) {
    assertThat(said(text))
        .isEqualTo(
            ".env:" + line + ": error: the quote opened here for KEY is never closed" + hint);
  }

  @Test
  void a_forgotten_quote_that_another_line_closes_is_an_error_where_it_was_opened() {
    assertThat(said("A=1\nKEY=\"oops\nB=2\nC=\"x\"\n"))
        .isEqualTo(
            ".env:2: error: the quote opened here for KEY is closed only on line 4, with more text"
                + " after it"
                + DOUBLE);
  }

  @Test
  void all_errors_are_reported_at_once() {
    assertThat(said("A='x\nB=\"y\nfoo\n=======\nB=2"))
        .isEqualTo(
            ".env:1: error: the quote opened here for A is never closed"
                + SINGLE
                + "\n.env:2: error: the quote opened here for B is never closed"
                + DOUBLE
                + "\n.env:4: error: unresolved merge conflict");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "foo",
        "a b=1",
        "=v",
        "[x]",
        "=== app Config Vars",
        "/*",
        "ÜBER=1",
        "K:v",
        "K:",
        "export K",
        "MY KEY=1",
        "\"K\"=v",
        "$K=v",
        "!",
        "{{ x }}",
        "- K=v",
        "K+=v",
        "set K=v",
      })
  void a_line_that_is_not_an_assignment_is_ignored(String line) {
    var reading = read("A=1\n" + line + "\nB=2");
    assertThat(reading.value().assignments()).hasToString("[A (line 1), B (line 3)]");
    assertThat(said("A=1\n" + line + "\nB=2")).isEqualTo(".env:2" + NOT_AN_ASSIGNMENT);
  }

  @Test
  void what_plain_heroku_config_prints_is_read() {
    var reading = read("=== app Config Vars\n\nRACK_ENV:     production\nURL: http://x\n");
    assertThat(reading.value().value("RACK_ENV")).isEqualTo("production");
    assertThat(reading.value().value("URL")).isEqualTo("http://x");
    assertThat(reading.problems()).hasToString("[.env:1" + NOT_AN_ASSIGNMENT + "]");
  }

  @Test
  void the_last_of_duplicates_wins() {
    var reading = read("MODE=a\nX=1\nMODE=b\nMODE=c");
    assertThat(reading.value().value("MODE")).isEqualTo("c");
    assertThat(reading.problems())
        .hasToString(
            "[.env:3: warning: MODE was already set on line 1; this value is used,"
                + " .env:4: warning: MODE was already set on line 3; this value is used]");
  }

  @Test
  void a_merge_conflict_is_reported_once() {
    assertThat(said("A=1\n<<<<<<< HEAD\nB=1\n||||||| base\n=======\nC=2\n>>>>>>> topic"))
        .isEqualTo(".env:2: error: unresolved merge conflict");
  }

  @Test
  void a_variable_may_be_as_large_as_linux_allows() {
    assertThat(said("BIG=" + "x".repeat(131_071 - 4))).isEmpty();
    assertThat(said("\nBIG=" + "x".repeat(200_000)))
        .isEqualTo(
            ".env:2: error: BIG has 200000 bytes;"
                + " Linux allows 131071 for one variable, name included");
    assertThat(said("BIG=" + "x".repeat(131_071 - 3))).contains("BIG has 131068 bytes");
    assertThat(said("BIG=" + "é".repeat(65_534))).contains("BIG has 131068 bytes");
  }

  @Test
  void a_file_that_is_not_text_is_one_error() {
    assertThat(EnvFile.parse("A=1\nNAME=Andr\u00e9\n".getBytes(ISO_8859_1), ".env").problems())
        .hasToString(
            "[.env:2: error: byte 0xE9 in column 10 is not UTF-8 (Latin-1 file?);"
                + " save the file as UTF-8]");
    assertThat(said("A=1\nB=x\0\nC=\"open"))
        .isEqualTo(".env:2: error: a NUL byte in column 4; a text file has none");
  }

  @Test
  void no_message_shows_a_value() {
    String secret = "hunter2";
    for (String line :
        new String[] {
          "K=" + secret + "#x",
          "K=\"" + secret,
          "K='" + secret + "'x",
          "K=\"" + secret + "\\\"",
          "{\"K\":\"" + secret + "\" 1",
          secret,
          "K " + secret,
          "K=1\nK=" + secret,
          "=" + secret,
        }) {
      assertThat(said(line)).isNotEmpty().doesNotContain(secret);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"K=$HOME/x", "K=${X}", "K=\"a ${X:-b}\"", "K=http://h:$PORT", "K=a$X_1"})
  void references_are_not_expanded_and_reported(String line) {
    assertThat(said(line))
        .isEqualTo(
            ".env:1: warning: $NAME in the value of K is not expanded, as on Heroku\n"
                + "   hint: write the value out, or put it in single quotes if '$' belongs to it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PATH=/opt/x:$PATH", "PATH='/opt/x:${PATH}'", "PATH=\"$HOME/bin:/usr/bin\""})
  void a_reference_in_path_has_its_own_warning(String line) {
    assertThat(said(line))
        .isEqualTo(
            ".env:1: warning: $NAME in the value of PATH is not expanded: its folders are not"
                + " searched\n"
                + "   hint: leave it out, and write in the Procfile  web: PATH=/folder:$PATH"
                + " command");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1BAD", "2", "-", ".x"})
  void a_name_that_no_shell_can_use_is_accepted_with_a_warning(String name) {
    assertThat(read(name + "=v").value().value(name)).isEqualTo("v");
    assertThat(said(name + "=v"))
        .isEqualTo(
            ".env:1: warning: no shell can use "
                + name
                + ": the name does not begin with a letter or _");
  }
}
