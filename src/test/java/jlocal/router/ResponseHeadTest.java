package jlocal.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parsing response heads; in a table {@code ~} is LF. */
class ResponseHeadTest {
  private static @Nullable ResponseHead parse(String head, boolean isHead) {
    String text = head.replace('~', '\n').replace('_', ' ');
    return ResponseHead.parse(text, new HeaderMap(), isHead);
  }

  private static ResponseHead head(String text) {
    return Objects.requireNonNull(parse(text, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1_200_OK~no_colon~~",
        "HTTP/1.1_200_OK~:_a~~",
        "HTTP/1.1_200_OK~a_b:_c~~",
        "HTTP/1.1_20~~",
        "HTTP/1.1_2000~~",
        "HTTP/1.1_099_OK~~",
        "HTTP/1.1_2x0_OK~~",
        "HTTP/2.0_200_OK~~",
        "HTTP/1.1-200_OK~~",
        "HTTP/1.1_200-OK~~",
        "hello~~",
      })
  void input_that_is_not_http_is_null(String head) {
    assertThat(parse(head, false)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          HTTP/1.1_100~~               | 100 | ''
          HTTP/1.1_200~~               | 200 | ''
          HTTP/1.1_200_~~              | 200 | ''
          HTTP/1.0_404_Not_Found~a:b~~ | 404 | Not Found
          """)
  void a_status_line_has_a_status_and_perhaps_a_reason(String head, int status, String reason) {
    assertThat(head(head).status()).isEqualTo(status);
    assertThat(head(head).reason()).isEqualTo(reason);
    assertThat(head(head.replace("~", "\r~")).reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200_OK~Content-Length:5~~                        | false | LENGTH      | 5
          200_OK~Content-Length:0~~                        | false | LENGTH      | 0
          200_OK~Content-Length:5~~                        | true  | LENGTH      | 0
          100_Continue~Content-Length:5~~                  | false | LENGTH      | 0
          199_Odd~~                                        | false | LENGTH      | 0
          200_OK~~                                         | false | UNTIL_CLOSE | 0
          204_No~Content-Length:5~~                        | false | LENGTH      | 0
          304_No~Content-Length:5~~                        | false | LENGTH      | 0
          200_OK~Content-Length:5~Content-Length:5~~       | false | LENGTH      | 5
          200_OK~Content-Length:5,_5~~                     | false | LENGTH      | 5
          200_OK~Content-Length:5~Content-Length:6~~       | false | BROKEN      | 0
          200_OK~Content-Length:-5~~                       | false | BROKEN      | 0
          200_OK~Transfer-Encoding:Chunked~~               | false | CHUNKED     | 0
          200_OK~Transfer-Encoding:gzip,chunked~~          | false | BROKEN      | 0
          200_OK~Content-Length:5~Transfer-Encoding:chunked~~ | false | BROKEN   | 0
          """)
  void the_end_of_the_body_is_found(
      String head, boolean isHead, ResponseHead.Framing framing, long length) {
    var parsed = Objects.requireNonNull(parse("HTTP/1.1_" + head, isHead));
    assertThat(parsed.framing()).isEqualTo(framing);
    assertThat(parsed.length()).isEqualTo(length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1_200_OK~~                                       | 2147483647
          0_200_OK~~                                       | 0
          0_200_OK~Connection:Keep-Alive~~                 | 2147483647
          1_200_OK~Connection:close~~                      | 0
          1_200_OK~Connection:x,close~~                    | 0
          1_200_OK~Keep-Alive:timeout=5~~                  | 5
          1_200_OK~Keep-Alive:timeout=0~~                  | 0
          1_200_OK~Keep-Alive:timeout=5,_max=1~~           | 5
          1_200_OK~Keep-Alive:timeout=5,_max=0~~           | 0
          1_200_OK~Keep-Alive:max=0~~                      | 0
          1_200_OK~Keep-Alive:max=9~~                      | 2147483647
          1_200_OK~Keep-Alive:timeout=~~                   | 2147483647
          1_200_OK~Keep-Alive:timeout=x~~                  | 2147483647
          1_200_OK~Keep-Alive:timeout=999999~~             | 999999
          1_200_OK~Keep-Alive:timeout=1234567~~            | 2147483647
          """)
  void it_says_for_how_long_the_connection_may_be_idle(String head, int seconds) {
    assertThat(head("HTTP/1." + head).keepAliveSeconds()).isEqualTo(seconds);
  }

  @Test
  void several_lengths_become_one_and_hop_by_hop_fields_go() {
    var head =
        head(
            "HTTP/1.1_200_OK~Content-Length:_5_~Content-Length:5~Connection:X-A,_Host~X-A:1~"
                + "Upgrade:a~Keep-Alive:max=5~X-B:_2_~X-B:3~~behind:4");
    assertThat(head.headers().get(Headers.CONTENT_LENGTH)).containsExactly("5");
    assertThat(head.headers().get("X-B")).containsExactly("2", "3");
    assertThat(head.headers().getHeaderNames()).hasSize(2);
    assertThat(head.upgrade()).isEqualTo("a");
  }

  @Test
  void at_most_127_fields_of_a_name_are_accepted() {
    String cookies = "HTTP/1.1_200_OK~" + "Set-Cookie:a~".repeat(127);
    assertThat(head(cookies + "~").headers().count(Headers.SET_COOKIE)).isEqualTo(127);
    assertThat(parse(cookies + "Set-Cookie:a~~", false)).isNull();
  }

  @Test
  void only_a_final_response_has_the_fields_that_are_sent() {
    var into = new HeaderMap();
    into.put(Headers.HOST, "before");
    ResponseHead.parse("HTTP/1.1 103 Early\n\n", into, false);
    assertThat(into.size()).isEqualTo(1);
    for (int status : new int[] {101, 200}) {
      ResponseHead.parse("HTTP/1.1 %d Hi\nA: b\n\n".formatted(status), into, false);
      assertThat(into.getHeaderNames()).hasSize(1);
      assertThat(into.getFirst("A")).isEqualTo("b");
    }
  }
}
