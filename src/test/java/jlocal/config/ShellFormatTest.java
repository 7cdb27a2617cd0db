package jlocal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellFormatTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "abc", "a.b-c_d/e+f%g~h", "ü€😀", "-x", "\u0085", "\u0001\u007f", "0"})
  void a_plain_value_is_bare(String value) {
    assertThat(ShellFormat.quote(value)).isEqualTo(value);
  }

  @Test
  void a_value_with_a_special_character_is_in_single_quotes() {
    var special = "\" #!$&()*,:;<=>?@[\\]^`{|}\t\u000B\f\u00A0\u1680\u2003\u2028\u202F\u3000\uFEFF";
    for (int i = 0; i < special.length(); i++) {
      String value = "a" + special.charAt(i);
      assertThat(ShellFormat.quote(value)).isEqualTo("'" + value + "'");
    }
    assertThat(ShellFormat.quote("C:\\dir\\")).isEqualTo("'C:\\dir\\'");
    assertThat(ShellFormat.quote("postgres://u:p@h/d")).isEqualTo("'postgres://u:p@h/d'");
  }

  static Stream<Arguments> a_value_with_an_apostrophe_or_a_line_break_is_in_double_quotes() {
    return Stream.of(
        Arguments.of("'", "\"'\""),
        Arguments.of("it's", "\"it's\""),
        Arguments.of("a\nb", "\"a\\nb\""),
        Arguments.of("'\"\\$`!", "\"'\\\"\\\\\\$\\`\\!\""),
        Arguments.of("'\\n", "\"'\\\\n\""),
        Arguments.of("' # x", "\"' # x\""),
        Arguments.of("it's \\", "\"it's \\\\\""));
  }

  @ParameterizedTest
  @MethodSource
  void a_value_with_an_apostrophe_or_a_line_break_is_in_double_quotes(String value, String quoted) {
    assertThat(ShellFormat.quote(value)).isEqualTo(quoted);
  }

  @Test
  void a_carriage_return_is_escaped_where_heroku_leaves_it_raw() {
    assertThat(ShellFormat.quote("a\r\nb")).isEqualTo("\"a\\r\\nb\"");
    assertThat(ShellFormat.quote("$\r")).isEqualTo("\"\\$\\r\"");
  }

  @Test
  void any_value_is_read_back_byte_for_byte() {
    var random = new Random(999);
    var text = new StringBuilder();
    var values = new java.util.ArrayList<String>();
    for (int i = 0; i < 20_000; i++) {
      values.add(anyValue(random));
      text.append("K").append(i).append('=').append(ShellFormat.quote(values.get(i))).append('\n');
    }
    var reading = EnvFile.parse(text.toString().getBytes(StandardCharsets.UTF_8), ".env");
    assertThat(reading.problems()).isEmpty();
    assertThat(reading.value().assignments())
        .extracting(EnvFile.Assignment::value)
        .isEqualTo(values);
  }

  @Test
  void a_value_for_shells_may_span_lines_and_is_escaped() {
    assertThat(ShellFormat.forShells("~/x")).isEqualTo("'~/x'");
    assertThat(ShellFormat.forShells("a\nb")).isEqualTo("'a\nb'");
    assertThat(ShellFormat.forShells("it's\n\"$5\"!")).isEqualTo("\"it's\n\\\"\\$5\\\"!\"");
    assertThat(ShellFormat.forShells("C:\\dir\\")).isEqualTo("\"C:\\\\dir\\\\\"");
    assertThat(ShellFormat.forShells("a\r\nb")).isEqualTo("\"a\\r\nb\"");
    assertThat(ShellFormat.forShells("a.b-c/d")).isEqualTo("a.b-c/d");
  }

  @Test
  void any_value_for_shells_is_read_back_byte_for_byte() {
    var random = new Random(16);
    for (int i = 0; i < 5_000; i++) {
      String value = anyValue(random);
      var file = "K=" + ShellFormat.forShells(value) + "\nL=1\n";
      var reading = EnvFile.parse(file.getBytes(StandardCharsets.UTF_8), ".env");
      assertThat(reading.problems()).isEmpty();
      assertThat(reading.value().value("K")).isEqualTo(value);
      assertThat(reading.value().value("L")).isEqualTo("1");
    }
  }

  private static final String TRICKY = "'\"\\\n\r\t $`!#nr=;{}\u00A0\u2028\u0085\uFEFF\u001Cabü€";

  static String anyValue(Random random) {
    var value = new StringBuilder();
    int length = random.nextInt(16);
    while (value.length() < length) {
      int c = 1 + random.nextInt(0x10FFFE);
      switch (random.nextInt(4)) {
        case 0 -> value.append((char) (1 + random.nextInt(126)));
        case 1 -> value.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 'x' : c);
        default -> value.append(TRICKY.charAt(random.nextInt(TRICKY.length())));
      }
    }
    return value.toString();
  }

  @Test
  void only_env_files_can_hold_a_cr_before_an_lf() {
    assertThat(ShellFormat.isOnlyForEnvFiles("a\r\nb")).isTrue();
    assertThat(ShellFormat.isOnlyForEnvFiles("a\rb\n")).isFalse();
  }
}
