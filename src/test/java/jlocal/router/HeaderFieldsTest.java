package jlocal.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fields that the router interprets. */
class HeaderFieldsTest {
  private final HeaderMap headers = new HeaderMap();

  private void add(String... lines) {
    for (String line : lines) {
      assertThat(HeaderFields.add(headers, line, line.indexOf(':'))).isTrue();
    }
  }

  @Test
  void a_list_has_the_members_of_all_its_fields() {
    assertThat(HeaderFields.members(headers, Headers.VIA)).isEmpty();
    add("Via: one ");
    assertThat(HeaderFields.members(headers, Headers.VIA)).containsExactly("one");
    add("Via: two , ,three,");
    assertThat(HeaderFields.members(headers, Headers.VIA))
        .containsExactly("one", "two", "", "three", "");
  }

  @Test
  void one_more_member_is_appended() {
    assertThat(HeaderFields.joined(headers, Headers.VIA)).isEmpty();
    assertThat(HeaderFields.appended(headers, Headers.VIA, "z")).isEqualTo("z");
    add("Via: a", "Via: b");
    assertThat(HeaderFields.joined(headers, Headers.VIA)).isEqualTo("a, b");
    assertThat(HeaderFields.appended(headers, Headers.VIA, "z")).isEqualTo("a, b, z");
  }

  @Test
  void fields_that_connection_names_are_not_forwarded() {
    assertThat(HeaderFields.namedByConnection(headers)).isEmpty();
    add("Connection: close, X-A, , Host, Cookie", "X-A: 1", "X-B: 2", "TE: x", "Host: a");
    assertThat(HeaderFields.namedByConnection(headers)).containsExactly(new HttpString("X-A"));
    HeaderFields.removeHopByHop(headers);
    assertThat(headers.getHeaderNames())
        .containsExactlyInAnyOrder(new HttpString("X-B"), Headers.HOST);
  }

  @Test
  void connection_has_a_token_in_any_case() {
    assertThat(HeaderFields.connectionHas(headers, "close")).isFalse();
    add("Connection: x, CLOSE");
    assertThat(HeaderFields.connectionHas(headers, "close")).isTrue();
    assertThat(HeaderFields.connectionHas(headers, "clos")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          -                     | upgrade    | -
          websocket             | -          | -
          websocket             | keep-alive | -
          websocket             | Upgrade    | websocket
          h2c, websocket, foo/2 | upgrade    | websocket, foo/2
          TLS/1.2, HTTP/2       | upgrade    | -
          """)
  void an_upgrade_is_offered_when_connection_says_so(String to, String connection, String offered) {
    if (to != null) add("Upgrade: " + to);
    if (connection != null) add("Connection: " + connection);
    assertThat(HeaderFields.upgrade(headers)).isEqualTo(offered);
  }

  @ParameterizedTest
  @CsvSource({
    "X-Sum: 1,             true",
    "Content-Length: 1,    false",
    "Host: a,              false",
    "trailer: a,           false",
    "Transfer-Encoding: a, false",
    "Connection: a,        false",
    "'a b: 1',             false",
    "!~: 1,                true",
    "'a\177: 1',           false",
    "é: 1,                 false",
  })
  void a_trailer_is_forwarded_unless_it_changes_how_a_message_is_read(
      String field, boolean forwarded) {
    assertThat(HeaderFields.isForwardableTrailer(field)).isEqualTo(forwarded);
  }

  @Test
  void a_sticky_client_names_its_instance() {
    var backend = new Backend(Stage.web(2), 5001);
    var response = new HeaderMap();
    assertThat(HeaderFields.stickyInstance(headers)).isNull();
    add("Cookie: a=b");
    assertThat(HeaderFields.stickyInstance(headers)).isNull();
    HeaderFields.setStickyInstance(backend, headers, response);
    assertThat(response.getFirst(Headers.SET_COOKIE))
        .isEqualTo("jlocal-session-affinity=web.2; Path=/; HttpOnly; SameSite=Lax");

    add("Cookie: c=d;  jlocal-session-affinity=web.2 ; e=f");
    assertThat(HeaderFields.stickyInstance(headers)).isEqualTo("web.2");
    response.clear();
    HeaderFields.setStickyInstance(backend, headers, response);
    assertThat(response.size()).isZero();
  }
}
