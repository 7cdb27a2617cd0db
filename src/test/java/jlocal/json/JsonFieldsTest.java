package jlocal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonFieldsTest {
  @Test
  void written_values_are_read_back() {
    var inner = JsonFields.of("text", "ä\n\"", "flag", false);
    String json =
        JsonWriter.write(
            JsonFields.of("whole", (1L << 58) + 1, "number", 1.5, "all", List.of(inner)));

    var read = JsonFields.read(json);
    assertThat(read.whole("whole")).isEqualTo((1L << 58) + 1);
    assertThat(read.number("number")).isEqualTo(1.5);
    assertThat(read.objects("all")).containsExactly(inner);
  }

  @Test
  void the_last_of_members_with_equal_names_counts() {
    assertThat(JsonFields.read("{\"a\":1,\"a\":2}").small("a")).isEqualTo(2);
  }

  static List<Arguments> wrong() {
    return List.of(
        wrong("{}", it -> it.texts("x"), "'x' is missing"),
        wrong("{\"x\":\"a\"}", it -> it.texts("x"), "'x' is not a list"),
        wrong("{\"x\":[1]}", it -> it.texts("x"), "'x' is not a list of strings"),
        wrong("{\"x\":[1]}", it -> it.objects("x"), "'x' is not a list of objects"),
        wrong("{\"x\":[]}", it -> it.object("x"), "'x' is not an object"),
        wrong("{\"x\":0}", it -> it.flag("x"), "'x' is neither true nor false"),
        wrong("{\"x\":null}", it -> it.text("x"), "'x' is not a string"),
        wrong("{\"x\":true}", it -> it.whole("x"), "'x' is not a number"));
  }

  private static Arguments wrong(String json, Function<JsonFields, Object> read, String what) {
    return Arguments.of(json, read, what);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void errors_name_what_is_wrong(String json, Function<JsonFields, Object> read, String what) {
    assertThatThrownBy(() -> read.apply(JsonFields.read(json))).hasMessage(what);
  }
}
