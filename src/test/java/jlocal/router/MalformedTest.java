package jlocal.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that two parsers could read differently. None of them reaches an app in any reading;
 * requests that are merely unusual pass unchanged. {@code ~} is CRLF, {@code @} a bare LF, {@code
 * ^} a bare CR.
 */
class MalformedTest {
  private static final String POST = "POST / HTTP/1.1~Host: a~";

  private static String wire(String text) {
    return text.replace("~", "\r\n").replace('@', '\n').replace('^', '\r').replace('°', '\0');
  }

  private static String sent(String request) throws IOException {
    try (var app = App.saying("reached");
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      String head = wire.send(wire(request)).head();
      assertThat(app.requests()).isEmpty();
      return head;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          400 | Content-Length: 5~Transfer-Encoding: chunked~~0~~
          400 | Transfer-Encoding: chunked~Content-Length: 5~~0~~
          400 | Content-Length: 5~Content-Length: 6~~hello
          400 | Content-Length: 5~Content-Length: 5~~hello
          400 | Content-Length: 5, 5~~hello
          400 | Content-Length: 18446744073709551618~~hello
          400 | Content-Length: +2~~hello
          400 | Content-Length: -1~~hello
          400 | Content-Length: 0x2~~hello
          400 | Content-Length: 5 5~~hello
          400 | Content-Length:~~hello
          501 | Transfer-Encoding: xchunked~~0~~
          501 | Transfer-Encoding: gzip, chunked~~0~~
          400 | Transfer-Encoding: chunked, identity~~0~~
          400 | Transfer-Encoding: chunked;foo~~0~~
          400 | Transfer-Encoding: chunked, chunked~~0~~
          501 | Transfer-Encoding: gzip~~0~~
          501 | Transfer-Encoding: identity~~0~~
          501 | Transfer-Encoding: "chunked"~~0~~
          400 | Transfer-Encoding: chunked~Transfer-Encoding: chunked~~0~~
          400 | Transfer-Encoding: identity~Content-Length: 5~~hello
          400 | Transfer-Encoding : chunked~~0~~
          """)
  void a_framing_that_misleads_is_refused(int status, String fields) throws IOException {
    assertThat(sent(POST + fields)).matches("(?s)HTTP/1\\.[01] " + status + " .*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          400 | Transfer-Encoding:~ chunked~~0~~
          400 | Transfer-Encoding: chun^ked~~0~~
          400 | X-Folded: a~ b~~
          400 | X-Folded: a~\tb~~
          400 | X-Bare: a@Y: b~~
          400 | X-Nul: a°b~~
          400 | X-Cr: a^b~~
          400 | no colon~~
          400 | : no name~~
          400 | a b: space in name~~
          400 | ` leading: space~~`
          417 | Expect: foo~~
          """)
  void a_field_that_misleads_is_refused(int status, String fields) throws IOException {
    assertThat(sent(POST + fields)).startsWith("HTTP/1.1 " + status + " ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5@hello@0@@",
        "5~helloXX0~~",
        "0x5~hello~0~~",
        "-1~hello~0~~",
        "10000000000000005~hello~0~~",
        "5 ;a@b~hello~0~~",
        "g~hello~0~~",
        "~0~~"
      })
  void an_invalid_first_chunk_is_refused_before_anything_is_sent(String body) throws IOException {
    assertThat(sent(POST + "Transfer-Encoding: chunked~~" + body)).startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          400 | GET / HTTP/1.1~~
          400 | GET / HTTP/1.1~Host: a~Host: a~~
          400 | GET / HTTP/1.1~Host: a b~~
          400 | GET / HTTP/1.1~Host:~~
          400 | GET http://b/ HTTP/1.1~Host: a~~
          405 | CONNECT a:80 HTTP/1.1~Host: a~~
          400 | POST / HTTP/1.0~Transfer-Encoding: chunked~~0~~
          400 | GET /~~
          400 | GET /~Host: a~~
          400 | GET /a~X-Smuggled: 1~Y: HTTP/1.1~Host: a~~
          400 | GET /a?b@GET /c HTTP/1.1~Host: a~~
          400 | GET /a^b HTTP/1.1~Host: a~~
          400 | GET /a\tb HTTP/1.1~Host: a~~
          400 | GET /a°b HTTP/1.1~Host: a~~
          400 | GET /a HTTP/1.1 HTTP/1.1~Host: a~~
          400 | GET / HTTP/2.0~Host: a~~
          400 | GET / http/1.1~Host: a~~
          400 | GET  / HTTP/1.1~Host: a~~
          400 | GET\t/ HTTP/1.1~Host: a~~
          400 | G{T / HTTP/1.1~Host: a~~
          400 | GET / HTTP/1.1 ~Host: a~~
          400 | GET / HTTP/1.1@Host: a@@
          400 | GET / HTTP/1.1~Host: a@~
          """)
  void a_request_line_or_host_that_misleads_is_refused(int status, String request)
      throws IOException {
    assertThat(sent(request)).matches("(?s)HTTP/1\\.[01] " + status + " .*");
  }

  @Test
  void a_head_longer_than_64_kib_is_refused() throws IOException {
    assertThat(sent(POST + "X: " + "x".repeat(70_000) + "~~")).startsWith("HTTP/1.1 431 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1~Host: a~X: a~ b~~",
        "GET / HTTP/1.1~Host: a~Content-Length: 0~ Transfer-Encoding: chunked~~",
        "GET /~Host: a~~"
      })
  void a_pipelined_request_is_checked_as_strictly(String second) throws IOException {
    try (var app = App.saying("ok");
        var stage = Stage.with(app)) {
      String first = POST + "Content-Length: 5~~hello";
      String answers = Wire.once(stage.port(), wire(first + second));
      assertThat(answers).startsWith("HTTP/1.1 200 ").contains("HTTP/1.1 400 ");
      assertThat(app.requests()).hasSize(1);
    }
  }

  @Test
  void a_refused_request_has_its_line_with_all_that_could_be_read() throws IOException {
    try (var stage = Stage.empty()) {
      Wire.once(stage.port(), wire("PUT /a?c HTTP/1.1~Host: a~no colon~~"));
      assertThat(stage.firstLine())
          .matches(
              "at=error code=H26 desc=\"Request Error\" method=PUT path=\"/a\\?c\" host=a"
                  + " request_id=[0-9a-f-]{36} fwd=\"127.0.0.1\" dyno= connect= service="
                  + " status=400 bytes=0 protocol=http");
    }
  }

  @Test
  void tls_on_the_plain_port_is_closed_and_reported() throws IOException {
    try (var stage = Stage.empty()) {
      Wire.once(stage.port(), "\026\003\001\002\000\001\000\001\374\003\003" + "x".repeat(50));
      Stage.until("a line", () -> !stage.log().isEmpty());
      assertThat(stage.log()).contains("a client speaks HTTPS, but this port is for http://");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%2F%2e%2e/",
        "/a/../b//c",
        "/;params;x=1?y",
        "/?",
        "/?a?",
        "/??",
        "/path?",
        "/?a=1&a=2&&=&b",
        "/caf\u00c3\u00a9?\u00c3\u00a9",
        "/?q={\"a\":[1|2]}",
        "/?<>^`\\'",
        "/{x}|y",
        "/+?+",
        "/?x=%00",
        "/search?q=50%",
        "/50%/%zz/%u20AC",
        "/?%zz=%u20AC&%=%%",
        "/%",
        "/a#b?c",
        "/~user*!$()"
      })
  void a_target_passes_byte_for_byte(String target) throws IOException {
    try (var app = App.saying("ok");
        var stage = Stage.with(app)) {
      assertThat(stage.get(target)).startsWith("HTTP/1.1 200 ");
      assertThat(app.requests().getFirst().target()).isEqualTo(target);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          GET http://a/x?y HTTP/1.1~Host: a~~      | GET /x?y HTTP/1.1
          ~GET / HTTP/1.1~Host: a~~                | GET / HTTP/1.1
          TRACE / HTTP/1.1~Host: a~~               | TRACE / HTTP/1.1
          PURGE / HTTP/1.1~Host: a~~               | PURGE / HTTP/1.1
          OPTIONS * HTTP/1.1~Host: a~~             | OPTIONS * HTTP/1.1
          GET http://a?50% HTTP/1.1~Host: a~~      | GET /?50% HTTP/1.1
          ~~GET / HTTP/1.1~Host: a~~               | GET / HTTP/1.1
          GET / HTTP/1.0~~                         | GET / HTTP/1.1
          GET / HTTP/1.2~Host: a~~                 | GET / HTTP/1.1
          GET / HTTP/1.1~Host: a~Content_Length: 5~~ | GET / HTTP/1.1
          """)
  void unusual_but_unambiguous_requests_pass(String request, String line) throws IOException {
    try (var app = App.saying("ok");
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      assertThat(wire.send(wire(request)).response()).startsWith("HTTP/1.").contains(" 200 OK");
      assertThat(app.requests().getFirst().line()).isEqualTo(line);
    }
  }

  @Test
  void many_fields_and_parameters_pass() throws IOException {
    try (var app = App.saying("ok");
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      var request = new StringBuilder("GET /?" + "a=1&".repeat(1_100) + " HTTP/1.1~Host: a~");
      for (int i = 0; i < 300; i++)
        request.append("X-").append(i).append(": ").append(i).append('~');
      request.append("X-Long: ").append("x".repeat(40_000)).append("~~");
      assertThat(wire.send(wire(request.toString())).response()).startsWith("HTTP/1.1 200 ");
      assertThat(app.requests().getFirst().head()).contains("X-299: 299", "x".repeat(40_000));
    }
  }
}
