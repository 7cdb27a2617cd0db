package jlocal.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RequestLineTest {
  static List<Request> requests() {
    return List.of(
        new Request.Info(),
        new Request.Ps(),
        new Request.Scale(List.of("web=3", "worker-1"), true),
        new Request.Start(List.of("web \"quoted\" ä"), false),
        new Request.Restart(List.of(), true),
        new Request.Stop(List.of("web.1")),
        new Request.Reload(true),
        new Request.Await(),
        new Request.Connect("web.1", 24, 80),
        new Request.Logs(
            true, new Request.Lines(5, List.of("web"), "app", "a\nb", 300), true, false));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void what_is_written_is_read_again(Request request) throws Exception {
    String line = RequestLine.of(request);

    assertThat(line).startsWith("{\"v\":1,\"do\":\"").doesNotContain("\n");
    assertThat(RequestLine.read(line)).isEqualTo(request);
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
          {"v":2,"do":"ps"}                | version 2
          {"v":1}                          | 'do' is missing
          {"v":1,"do":"dance"}             | does not know
          {"v":1,"do":"scale"}             | 'changes' is missing
          {"v":1,"do":"stop","names":"a"}  | 'names' is not a list
          {"v":1,"do":"stop","names":[1]}  | 'names' is not a list of strings
          {"v":1,"do":"reload","await":0}  | 'await' is neither true nor false
          """)
  void what_is_wrong_is_said(String line, String what) {
    assertThatThrownBy(() -> RequestLine.read(line)).hasMessageContaining(what);
  }

  @Test
  void a_client_of_another_version_hears_both_versions() {
    assertThatThrownBy(() -> RequestLine.read("{\"v\":7,\"do\":\"x\"}"))
        .hasMessageContaining("version 1")
        .hasMessageContaining("version 7");
  }
}
