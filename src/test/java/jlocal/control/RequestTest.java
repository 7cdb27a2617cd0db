package jlocal.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTest {
  @Test
  void written_values_are_read_back() {
    var names = List.of("web \"quoted\" ä", "a\nb");
    String line = Request.of("logs", "names", names, "tail", true, "lines", 5, "grep", "").line();

    assertThat(line).startsWith("{\"v\":1,\"do\":\"logs\",").doesNotContain("\n");
    Request read = Request.read(line);
    assertThat(read.command()).isEqualTo("logs");
    assertThat(read.arguments().texts("names")).isEqualTo(names);
    assertThat(read.arguments().flag("tail")).isTrue();
    assertThat(read.arguments().small("lines")).isEqualTo(5);
    assertThat(read.arguments().text("grep")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hello                            | not JSON
          [1]                              | not a JSON object
          {"do":"ps"}                      | 'v' is missing
          {"v":"1","do":"ps"}              | 'v' is not a number
          {"v":true,"do":"ps"}             | 'v' is not a number
          {"v":null,"do":"ps"}             | 'v' is not a number
          {"v":2,"do":"ps"}                | version 2
          {"v":1}                          | 'do' is missing
          """)
  void errors_name_what_is_wrong(String line, String what) {
    assertThatThrownBy(() -> Request.read(line)).hasMessageContaining(what);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"v":1,"do":"stop","names":[]}      | true
          {"v":1,"do":"stop","names":["web"]} | false
          {"v":1,"do":"stop"}                 | false
          {"v":1,"do":"start","names":[]}     | false
          """)
  void only_stop_without_names_ends_the_app(String line, boolean ends) {
    assertThat(Request.read(line).endsApp()).isEqualTo(ends);
  }

  @Test
  void a_client_of_another_version_gets_both_versions() {
    assertThatThrownBy(() -> Request.read("{\"v\":7,\"do\":\"x\"}"))
        .hasMessageContaining("version 1")
        .hasMessageContaining("version 7");
  }
}
