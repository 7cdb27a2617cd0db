package jlocal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import jlocal.json.JsonValue.JsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWriterTest {
  static Stream<Arguments> values_are_written() {
    return Stream.of(
        Arguments.of("[[\"web\",\"node x\"]]", List.of(List.of("web", "node x"))),
        Arguments.of("{\"a\":{},\"b\":[]}", inOrder("a", Map.of(), "b", List.of())),
        Arguments.of("[1,2.5,true,null]", Arrays.asList(1, 2.5, true, null)),
        Arguments.of(
            "\"\\\"\\\\\\n\\r\\t\\u0000\\u001b\\u007f\\u009b\"", "\"\\\n\r\t\0\u001b\u007f\u009b"),
        Arguments.of("\"ü€😀/\"", "ü€😀/"));
  }

  @ParameterizedTest
  @MethodSource
  void values_are_written(String json, Object value) {
    assertThat(JsonWriter.write(value)).isEqualTo(json);
  }

  @Test
  void members_keep_their_order() {
    assertThat(JsonWriter.write(inOrder("z", 1, "a", "x"))).isEqualTo("{\"z\":1,\"a\":\"x\"}");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void non_finite_numbers_are_refused(double number) {
    assertThatThrownBy(() -> JsonWriter.write(number)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void other_values_are_refused() {
    assertThatThrownBy(() -> JsonWriter.write(new Object()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void any_string_can_be_read_back() throws JsonReader.SyntaxException {
    var random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      String text = anyText(random);
      assertThat(JsonReader.read(JsonWriter.write(text))).isEqualTo(new JsonString(text, 1));
    }
  }

  private static String anyText(Random random) {
    int length = random.nextInt(20);
    return random
        .ints(length, 0, 0x11000)
        .filter(c -> c < 0xD800 || c > 0xDFFF)
        .map(c -> random.nextBoolean() ? c % 128 : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static Map<String, Object> inOrder(String first, Object one, String second, Object two) {
    var map = new LinkedHashMap<String, Object>();
    map.put(first, one);
    map.put(second, two);
    return map;
  }
}
