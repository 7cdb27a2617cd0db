package jlocal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import jlocal.problem.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonEnvTest {
  private static Reading<EnvFile> read(String json) {
    return EnvFile.parse(json, "env.json");
  }

  private static String flat(String json) {
    var reading = read(json);
    assertThat(reading.problems()).isEmpty();
    var flat = new StringBuilder();
    for (var entry : reading.value().assignments()) {
      flat.append(entry.name()).append('=').append(entry.value()).append(' ');
    }
    return flat.toString().strip();
  }

  /** The example in node-foreman's source. */
  @Test
  void nesting_is_joined_and_upper_cased() {
    assertThat(
            flat(
                """
                {
                  "top": {
                    "middle": { "bottom": "value" },
                    "other": [ "zero", "one", "two" ]
                  },
                  "last": 42
                }
                """))
        .isEqualTo(
            "TOP_MIDDLE_BOTTOM=value TOP_OTHER_0=zero TOP_OTHER_1=one TOP_OTHER_2=two LAST=42");
  }

  @Test
  void literals_are_kept_as_written_and_null_is_dropped() {
    assertThat(flat("{\"a\":1.50,\"b\":true,\"c\":null,\"d\":-1e5,\"e\":[],\"f\":{},\"g\":\"\"}"))
        .isEqualTo("A=1.50 B=true D=-1e5 G=");
  }

  @Test
  void strings_are_taken_literally() {
    assertThat(flat("\n {\"a\":\"x\\n\\\"y\\\" # $z\"}")).isEqualTo("A=x\n\"y\" # $z");
  }

  @Test
  void upper_case_does_not_depend_on_the_country() {
    var before = java.util.Locale.getDefault();
    try {
      java.util.Locale.setDefault(java.util.Locale.forLanguageTag("tr"));
      assertThat(flat("{\"title\":1}")).isEqualTo("TITLE=1");
    } finally {
      java.util.Locale.setDefault(before);
    }
  }

  @Test
  void each_variable_has_its_line() {
    assertThat(read("{\n\"a\":\n1,\n\"b\":[1,\n2]}").value().assignments())
        .hasToString("[A (line 3), B_0 (line 4), B_1 (line 5)]");
  }

  @Test
  void names_that_collide_are_reported() {
    var reading = read("{\"a\":1,\n\"A\":2}");
    assertThat(reading.value().value("A")).isEqualTo("2");
    assertThat(reading.problems())
        .hasToString("[env.json:2: warning: A was already set on line 1; this value is used]");
  }

  @ParameterizedTest
  @CsvSource({"my key", "a=b", "''", "é", "a\u001bb"})
  void a_name_that_no_variable_can_have_is_ignored(String name) {
    var reading = read("{\"ok\":1,\"" + name.replace("\u001b", "\\u001b") + "\":\"x\"}");
    assertThat(reading.value().assignments()).hasSize(1);
    assertThat(reading.problems())
        .hasToString(
            "[env.json:1: warning: '"
                + name.replace("\u001b", "\\x1b")
                + "' cannot be the name of a variable, ignored\n"
                + "   hint: use letters, digits and _]");
  }

  @Test
  void a_nul_is_an_error() {
    assertThat(read("{\"a\":\"x\\u0000\"}").problems())
        .hasToString("[env.json:1: error: A contains a NUL character, which no variable can]");
  }

  static Stream<Arguments> a_file_that_begins_with_a_brace_must_be_an_object() {
    return Stream.of(
        Arguments.of("{\"a\":1,\n}", "a name in double quotes is missing"),
        Arguments.of("{", "a name in double quotes is missing"),
        Arguments.of("{A=1}", "a name in double quotes is missing"),
        Arguments.of("{\"a\":1}\nB=2", "there is more text after its end"));
  }

  @ParameterizedTest
  @MethodSource
  void a_file_that_begins_with_a_brace_must_be_an_object(String json, String expected) {
    var reading = read("\n" + json);
    assertThat(reading.value().assignments()).isEmpty();
    assertThat(reading.problems().getFirst().toString())
        .startsWith("env.json:")
        .endsWith(
            ": error: this begins like a JSON object, but "
                + expected
                + "\n   hint: fix the JSON, or use KEY=value lines");
  }

  @Test
  void the_line_of_the_error_is_reported() {
    assertThat(read("{\n\"a\": 1\n\"b\": 2\n}").problems().getFirst().toString())
        .startsWith("env.json:3: error: this begins like a JSON object, but ',' or '}' is missing");
  }

  @Test
  void an_array_is_not_accepted() {
    assertThat(read("[1]").problems().getFirst().what()).isEqualTo("not KEY=value, line ignored");
  }
}
