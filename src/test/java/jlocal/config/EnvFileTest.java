package jlocal.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Env files that are read without a problem. */
class EnvFileTest {
  private static EnvFile read(String text) {
    var reading = EnvFile.parse(text.getBytes(UTF_8), ".env");
    assertThat(reading.problems()).as("problems").isEmpty();
    return reading.value();
  }

  private static String value(String line) {
    var file = read(line + "\nNEXT=1\n");
    assertThat(file.value("NEXT")).isEqualTo("1");
    return String.valueOf(file.value("K"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "K=v",
        "K = v",
        "  K=v  ",
        "\tK\t=\tv\t",
        "\u00A0K=v\u00A0",
        "export K=v",
        "  export \t K = v",
        "K: v",
        "K : v",
        "export K:\tv",
        "K=\"v\"",
        "K='v'",
        "K= 'v' ",
        "K: \"v\"",
        "K=v # comment",
        "K=v\t#comment",
        "K=\"v\" # it's a \"comment\"",
        "K='v'#comment",
        "\uFEFFK=v",
      })
  void one_assignment_has_many_forms(String line) {
    assertThat(value(line)).isEqualTo("v");
  }

  @ParameterizedTest
  @ValueSource(strings = {"K=", "K= ", "K=\"\"", "K=''", "K= # comment", "K=# comment", "K: \t"})
  void a_value_may_be_empty(String line) {
    assertThat(value(line)).isEmpty();
  }

  static Stream<Arguments> a_bare_value_is_taken_literally() {
    return Stream.of(
        Arguments.of("K=a=b=c", "a=b=c"),
        Arguments.of("K=http://u:p@h:1/p?q=1&r=2", "http://u:p@h:1/p?q=1&r=2"),
        Arguments.of("K={\"a\":1}", "{\"a\":1}"),
        Arguments.of("K=say \"hi\"", "say \"hi\""),
        Arguments.of("K=5'10\"", "5'10\""),
        Arguments.of("K=v\"", "v\""),
        Arguments.of("K=C:\\new\\dir\\", "C:\\new\\dir\\"),
        Arguments.of("K=a\\", "a\\"),
        Arguments.of("K=`date` $(date) $1 $x a$Xy$", "`date` $(date) $1 $x a$Xy$"),
        Arguments.of("K=hello there  world", "hello there  world"),
        Arguments.of("K= \u00A0v w\u3000", "v w"),
        Arguments.of("K=grüße 😀\u2028x\u0085", "grüße 😀\u2028x\u0085"),
        Arguments.of("K==", "="),
        Arguments.of("K=:", ":"));
  }

  @ParameterizedTest
  @MethodSource
  void a_bare_value_is_taken_literally(String line, String value) {
    assertThat(value(line)).isEqualTo(value);
  }

  static Stream<Arguments> double_quotes_support_the_escapes_that_heroku_writes() {
    return Stream.of(
        Arguments.of("a\\nb\\rc", "a\nb\rc"),
        Arguments.of("\\\"\\\\\\$\\`\\!", "\"\\$`!"),
        Arguments.of("\\\\n", "\\n"),
        Arguments.of("\\\\\\n", "\\\n"),
        Arguments.of("C:\\Users\\dir\\t\\u0041\\'\\ ", "C:\\Users\\dir\\t\\u0041\\'\\ "),
        Arguments.of("it's # not a comment", "it's # not a comment"),
        Arguments.of("  kept  ", "  kept  "),
        Arguments.of("$2a$10$N9qo8uLO \\${X} \\$PATH `x` !", "$2a$10$N9qo8uLO ${X} $PATH `x` !"),
        Arguments.of("a\nb\n\n c", "a\nb\n\n c"),
        Arguments.of("\nbody\n", "\nbody\n"),
        Arguments.of("a\r\nb", "a\nb"),
        Arguments.of("a\\\nb", "a\\\nb"),
        Arguments.of("X=1\n# no comment\nY='", "X=1\n# no comment\nY='"),
        Arguments.of("say \\\"hi\\\"\nthere", "say \"hi\"\nthere"),
        Arguments.of("a\\\\", "a\\"));
  }

  @ParameterizedTest
  @MethodSource
  void double_quotes_support_the_escapes_that_heroku_writes(String inside, String value) {
    assertThat(value("K=\"" + inside + "\"")).isEqualTo(value);
  }

  static Stream<Arguments> single_quotes_have_no_escapes() {
    return Stream.of(
        Arguments.of("a\\nb\\\\ \\$X", "a\\nb\\\\ \\$X"),
        Arguments.of("C:\\dir\\", "C:\\dir\\"),
        Arguments.of("say \"hi\" # x", "say \"hi\" # x"),
        Arguments.of(" kept ", " kept "),
        Arguments.of("a\nb=\"\r\nc", "a\nb=\"\nc"));
  }

  @ParameterizedTest
  @MethodSource
  void single_quotes_have_no_escapes(String inside, String value) {
    assertThat(value("K='" + inside + "'")).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b", "my-key", "_", "a", "export", "exported", "K.1-x_y", "_2"})
  void a_name_is_letters_digits_and_three_marks(String name) {
    assertThat(read(name + "=v").value(name)).isEqualTo("v");
    assertThat(read("export " + name + " = v").value(name)).isEqualTo("v");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n", "# c", "  # indented", "\u00A0#c", " \t ", "#K=\"open", "\uFEFF"})
  void blank_lines_and_comments_are_ignored(String text) {
    assertThat(read(text).assignments()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void any_line_end_is_accepted(String end) {
    var file = read("A=1" + end + "B=\"x" + end + "y\"" + end + end + "C=3");
    assertThat(file.assignments()).hasToString("[A (line 1), B (line 2), C (line 5)]");
    assertThat(file.value("B")).isEqualTo("x\ny");
    assertThat(file.value("C")).isEqualTo("3");
  }

  @Test
  void a_carriage_return_ends_a_line_but_not_a_quoted_value() {
    var file = read("A=1\rB='x\ry'\rC=\"x\r\\ny\" # c\r# c\rD=4\n");
    assertThat(file.assignments()).hasToString("[A (line 1), B (line 2), C (line 3), D (line 5)]");
    assertThat(file.value("B")).isEqualTo("x\ry");
    assertThat(file.value("C")).isEqualTo("x\r\ny");
  }

  @Test
  void order_is_that_of_the_file() {
    var names = read("Z=1\nA=2\nM=3\nB=4").assignments().stream().map(entry -> entry.name());
    assertThat(names).containsExactly("Z", "A", "M", "B");
  }
}
