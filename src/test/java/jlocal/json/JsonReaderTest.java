package jlocal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import jlocal.json.JsonValue.JsonArray;
import jlocal.json.JsonValue.JsonLiteral;
import jlocal.json.JsonValue.JsonObject;
import jlocal.json.JsonValue.JsonString;
import jlocal.json.JsonValue.Member;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  @Test
  void an_object_keeps_order_duplicates_and_lines() throws JsonReader.SyntaxException {
    assertThat(JsonReader.read(" {\"b\": \"x\",\n\"a\" : [1, null],\r\n\"b\":{}}\n"))
        .isEqualTo(
            new JsonObject(
                List.of(
                    new Member("b", new JsonString("x", 1)),
                    new Member(
                        "a",
                        new JsonArray(
                            List.of(new JsonLiteral("1", 2), new JsonLiteral("null", 2)))),
                    new Member("b", new JsonObject(List.of())))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0", "12.50", "1e9", "-1.5E+10", "true", "false", "null"})
  void literals_are_kept_as_written(String written) throws JsonReader.SyntaxException {
    assertThat(JsonReader.read(written)).isEqualTo(new JsonLiteral(written, 1));
  }

  @Test
  void escapes_are_undone() throws JsonReader.SyntaxException {
    assertThat(JsonReader.read("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00é\""))
        .isEqualTo(new JsonString("\"\\/\b\f\n\r\té😀é", 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1,}|1|a name in double quotes is missing",
        "{a:1}|1|a name in double quotes is missing",
        "{'a':1}|1|a name in double quotes is missing",
        "{\"a\" 1}|1|':' is missing after a name",
        "{\"a\":}|1|a value is missing",
        "{\"a\":1|1|',' or '}' is missing",
        "{\"a\":1 \"b\":2}|1|',' or '}' is missing",
        "{\"a\":[1 2]}|1|',' or ']' is missing",
        "{\"a\":[1,]}|1|a value is missing",
        "{\"a\":1} x|1|there is more text after its end",
        "{\"a\":\"x|1|a string is not closed on its line",
        "{\"a\":\"\\x\"}|1|a string holds an unknown escape",
        "{\"a\":\"\\u12g4\"}|1|\\u needs four hexadecimal digits",
        "{\"a\":\"\\ud800\"}|1|a string holds half a character (lone \\uD800)",
        "{\"a\":01}|1|',' or '}' is missing",
        "{\"a\":+1}|1|a value is missing",
        "{\"a\":.5}|1|a value is missing",
        "{\"a\":1.}|1|',' or '}' is missing",
        "{\"a\":NaN}|1|a value is missing",
        "{\"a\":1 // x|1|',' or '}' is missing",
        "``|1|a value is missing",
      })
  void invalid_json_is_refused(String text, int line, String expected) {
    var bad = catchThrowableOfType(JsonReader.SyntaxException.class, () -> JsonReader.read(text));
    assertThat(bad.line()).isEqualTo(line);
    assertThat(bad.expected()).isEqualTo(expected);
  }

  @Test
  void the_line_is_where_reading_stopped() {
    var bad =
        catchThrowableOfType(
            JsonReader.SyntaxException.class,
            () -> JsonReader.read("{\n\"a\": 1,\n\"b\": oops\n}"));
    assertThat(bad).hasMessage("line 3: a value is missing");
  }

  @Test
  void a_raw_control_character_is_refused() {
    var bad =
        catchThrowableOfType(
            JsonReader.SyntaxException.class, () -> JsonReader.read("\"a\u0001b\""));
    assertThat(bad.expected()).isEqualTo("a string holds a control character");
  }

  @Test
  void deep_nesting_is_refused_before_the_stack_overflows() {
    var bad =
        catchThrowableOfType(
            JsonReader.SyntaxException.class, () -> JsonReader.read("[".repeat(100_000)));
    assertThat(bad.expected()).isEqualTo("it is nested deeper than 200 levels");
  }

  @Test
  void nesting_of_200_levels_is_read() throws JsonReader.SyntaxException {
    assertThat(JsonReader.read("[".repeat(200) + "]".repeat(200))).isInstanceOf(JsonArray.class);
  }
}
