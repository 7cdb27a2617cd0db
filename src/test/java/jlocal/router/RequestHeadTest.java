package jlocal.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parsing and rejecting request heads; without a socket. */
class RequestHeadTest {
  private static @Nullable RequestHead parse(String head) {
    return RequestHead.http1(head);
  }

  /** In a table {@code ~} is CRLF and {@code _} is a blank. */
  private static RequestHead head(String table) {
    String text = table.replace("~", "\r\n").replace('_', ' ').replace("\\0", "\0");
    return Objects.requireNonNull(parse(text.replace("\\t", "\t").replace("\\d", "\177")));
  }

  private static @Nullable String refusal(RequestHead head) {
    LocalResponse refusal = head.refusal();
    if (refusal == null) return null;
    return refusal.status() + " " + refusal.body().replace("Bad request: ", "").replace(".\n", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          GET_/_HTTP/1.1~Host:_a~~                            | -
          ~~GET_/_HTTP/1.1~Host:_a~~                          | -
          GET_/_HTTP/1.0~~                                    | -
          azAZ09!#$%&'*+-.^`_/_HTTP/1.1~Host:a~~              | -
          G@T_/_HTTP/1.1~Host:_a~~                            | 400 an invalid method
          G[T_/_HTTP/1.1~Host:_a~~                            | 400 an invalid method
          G{T_/_HTTP/1.1~Host:_a~~                            | 400 an invalid method
          G/T_/_HTTP/1.1~Host:_a~~                            | 400 an invalid method
          G:T_/_HTTP/1.1~Host:_a~~                            | 400 an invalid method
          _/_HTTP/1.1~Host:_a~~                               | 400 an invalid method
          GET_/~Host:_a~~                                     | 400 a request line that does not end in HTTP/1.1
          GET_/_HTTP/2.0~Host:_a~~                            | 400 a request line that does not end in HTTP/1.1
          GET_/_HTTP/1.x~Host:_a~~                            | 400 a request line that does not end in HTTP/1.1
          GET_/_HTTP/1.11~Host:_a~~                           | 400 a request line that does not end in HTTP/1.1
          GET_/_a_HTTP/1.1~Host:_a~~                          | 400 a request line that does not end in HTTP/1.1
          GET~Host:_a~~                                       | 400 a request line that does not end in HTTP/1.1
          """)
  void a_request_line_passes_or_is_refused(String head, String refusal) {
    assertThat(refusal(head(head))).isEqualTo(refusal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          GET_/_HTTP/1.1~no_colon~~                           | 400 a line that is not a header field
          GET_/_HTTP/1.1~:_a~~                                | 400 a line that is not a header field
          GET_/_HTTP/1.1~a:_a~Host:_a~~                       | -
          GET_/_HTTP/1.1~Ho_st:_a~~                           | 400 a line that is not a header field
          GET_/_HTTP/1.1~_folded:_a~~                         | 400 a line that is not a header field
          GET_/_HTTP/1.1~Host:_a~A:_\\0~~                      | 400 a control character in a field
          GET_/_HTTP/1.1~Host:_a~A:_\\d~~                      | 400 a control character in a field
          GET_/_HTTP/1.1~Host:_a~A:_\\tb~~                     | -
          CONNECT_a:1_HTTP/1.1~Host:_a:1~~                    | 405 CONNECT is not supported
          GET_/_HTTP/1.1~Host:_a~Expect:_100-Continue~~       | -
          GET_/_HTTP/1.1~Host:_a~Expect:_200~~                | 417 The only supported expectation is 100-continue
          GET_/_HTTP/1.1~Host:a~Expect:100-continue~Expect:100-continue~~ | 417 The only supported expectation is 100-continue
          GET_/_HTTP/1.1~Host:_a~Content-Length:_0~~          | -
          GET_/_HTTP/1.1~Host:_a~Content-Length:_123456789012345678~~  | -
          GET_/_HTTP/1.1~Host:_a~Content-Length:_1234567890123456789~~ | 400 an invalid Content-Length
          GET_/_HTTP/1.1~Host:_a~Content-Length:~~            | 400 an invalid Content-Length
          GET_/_HTTP/1.1~Host:_a~Content-Length:_-1~~         | 400 an invalid Content-Length
          GET_/_HTTP/1.1~Host:_a~Content-Length:_1/~~         | 400 an invalid Content-Length
          GET_/_HTTP/1.1~Host:_a~Content-Length:_1:~~         | 400 an invalid Content-Length
          GET_/_HTTP/1.1~Host:_a~Content-Length:_09~~         | -
          GET_/_HTTP/1.1~Host:_a~Content-Length:1~Content-Length:1~~ | 400 an invalid Content-Length
          GET_/_HTTP/1.1~Host:_a~Transfer-Encoding:_Chunked~~ | -
          GET_/_HTTP/1.1~Host:_a~Transfer-Encoding:_chunkedx~~ | 400 a wrong Transfer-Encoding
          GET_/_HTTP/1.1~Host:_a~Transfer-Encoding:_gzip~~    | 501 The only supported Transfer-Encoding is chunked
          GET_/_HTTP/1.1~Host:a~Transfer-Encoding:chunked~Transfer-Encoding:chunked~~ | 400 two Transfer-Encodings
          GET_/_HTTP/1.1~Host:a~Transfer-Encoding:chunked~Content-Length:1~~ | 400 both Content-Length and Transfer-Encoding
          GET_/_HTTP/1.0~Host:_a~Transfer-Encoding:_chunked~~ | 400 Transfer-Encoding in another version than HTTP/1.1
          """)
  void fields_of_a_head_pass_or_are_refused(String head, String refusal) {
    assertThat(refusal(head(head))).isEqualTo(refusal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          GET_/\\0_HTTP/1.1~Host:_a~~                          | 400 an invalid target
          GET_/\\d_HTTP/1.1~Host:_a~~                          | 400 an invalid target
          GET_/\\t_HTTP/1.1~Host:_a~~                          | 400 an invalid target
          GET_*_HTTP/1.1~Host:_a~~                            | 400 an invalid target
          OPTIONS_*_HTTP/1.1~Host:_a~~                        | -
          GET_a_HTTP/1.1~Host:_a~~                            | 400 an invalid target
          GET_http://_HTTP/1.1~Host:_a~~                      | 400 an invalid target
          GET_http://A/b_HTTP/1.1~Host:_a~~                   | -
          GET_http://b/b_HTTP/1.1~Host:_a~~                   | 400 a URL for another host than Host
          GET_/_HTTP/1.1~~                                    | 400 no Host
          GET_/_HTTP/1.1~Host:a~Host:a~~                      | 400 two Hosts
          GET_/_HTTP/1.1~Host:~~                              | 400 an empty Host
          GET_/_HTTP/1.1~Host:_a/b~~                          | 400 an invalid Host
          GET_/_HTTP/1.1~Host:_a@b~~                          | 400 an invalid Host
          GET_/_HTTP/1.1~Host:_[::1]:80~~                     | -
          """)
  void a_target_and_a_host_pass_or_are_refused(String head, String refusal) {
    assertThat(refusal(head(head))).isEqualTo(refusal);
  }

  @Test
  void a_line_that_ends_in_lf_alone_is_refused() {
    assertThat(refusal(head("GET / HTTP/1.1\nHost: a\r\n\r\n")))
        .isEqualTo("400 a line that does not end in CRLF");
    assertThat(refusal(head("GET / HTTP/1.1\r\nHost: a\n\r\n")))
        .isEqualTo("400 a line that does not end in CRLF");
    assertThat(refusal(head("GET / HTTP/1.1\r\nHost: a\r\n\n")))
        .isEqualTo("400 a line that does not end in CRLF");
  }

  @Test
  void empty_lines_are_no_head_and_what_follows_the_end_is_not_read() {
    assertThat(parse("\r\n\r\n")).isNull();
    assertThat(refusal(head("GET / HTTP/1.1\r\nHost: a\r\n\r\nbody"))).isNull();
  }

  @Test
  void a_thousand_names_and_127_fields_of_each_are_enough() {
    var fields = new StringBuilder("Host: a\r\n");
    for (int i = 1; i < 1000; i++) fields.append("A").append(i).append(": b\r\n");
    String begin = "GET / HTTP/1.1\r\n";
    String tooMany = "431 The request has too many header fields";

    assertThat(refusal(head(begin + fields + "\r\n"))).isNull();
    assertThat(refusal(head(begin + fields + "C: d\r\n\r\n"))).isEqualTo(tooMany);
    String cookies = "Host: a\r\n" + "Cookie: a=b\r\n".repeat(127);
    assertThat(refusal(head(begin + cookies + "\r\n"))).isNull();
    assertThat(refusal(head(begin + cookies + "Cookie: a=b\r\n\r\n"))).isEqualTo(tooMany);
    assertThat(refusal(RequestHead.tooLong())).isEqualTo("431 The request's head is too long");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          /a?b                | -      | /a?b
          /a?b=http://c/d     | -      | /a?b=http://c/d
          http://a            | a      | /
          http://a:8080/b?c   | a:8080 | /b?c
          http://a?b          | a      | /?b
          *                   | -      | *
          """)
  void a_target_has_an_authority_and_a_path(String target, String authority, String path) {
    RequestHead head = head("OPTIONS_" + target + "_HTTP/1.1~Host:_a~~");
    assertThat(head.target()).isEqualTo(target);
    assertThat(head.authority()).isEqualTo(authority);
    assertThat(head.path()).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({
    "GET_/_HTTP/1.1~Host:a~~,                             true",
    "GET_/_HTTP/1.1~Host:a~Connection:close~~,            false",
    "GET_/_HTTP/1.1~Host:a~Connection:x_~Connection:Close~~, false",
    "GET_/_HTTP/1.0~Host:a~~,                             false",
    "GET_/_HTTP/1.0~Host:a~Connection:Keep-Alive~~,       true",
  })
  void persistence_follows_version_and_fields(String head, boolean persistent) {
    assertThat(head(head).isPersistent()).isEqualTo(persistent);
    assertThat(head(head).isHttp11()).isEqualTo(head.contains("HTTP/1.1"));
    assertThat(head(head).isHttp2()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"})
  void some_methods_may_be_sent_twice(String method) {
    assertThat(head(method + "_/_HTTP/1.1~Host:a~~").isIdempotent()).isTrue();
    assertThat(head(method + "X_/_HTTP/1.1~Host:a~~").isIdempotent()).isFalse();
  }

  @Test
  void a_client_that_continues_in_http2_is_recognized() {
    RequestHead head = head("PRI_*_HTTP/2.0~~");
    assertThat(head.isHttp2()).isTrue();
    assertThat(head.isHttp11()).isFalse();
    assertThat(head.refusal()).isNull();
  }
}
