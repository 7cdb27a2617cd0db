package jlocal.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The line of one request. */
class AccessLogEntryTest {
  private static final ClientRequest.Origin ORIGIN =
      new ClientRequest.Origin("127.0.0.1", "HTTPS", 5000, "an-id");

  private static AccessLogEntry entry(String target, String fields) {
    String head = "GET " + target + " HTTP/1.1\r\n" + fields + "\r\n";
    var parsed = Objects.requireNonNull(RequestHead.http1(head));
    return new AccessLogEntry(parsed, ORIGIN);
  }

  @Test
  void a_request_that_reached_no_instance_has_no_times() {
    assertThat(entry("/a?b=c", "Host: x\r\n").line(true, 404, 7))
        .isEqualTo(
            "at=info method=GET path=\"/a?b=c\" host=x request_id=an-id fwd=\"127.0.0.1\" dyno="
                + " connect= service= status=404 bytes=7 protocol=https");
  }

  @Test
  void the_query_may_be_left_out() {
    assertThat(entry("/a?b=c", "Host: x\r\n").line(false, 200, 0)).contains("path=\"/a\" ");
    assertThat(entry("/a", "Host: x\r\n").line(false, 200, 0)).contains("path=\"/a\" ");
    assertThat(entry("?b", "Host: x\r\n").line(false, 200, 0)).contains("path=\"\" ");
  }

  @Test
  void characters_that_could_end_a_field_are_encoded() {
    String line = entry("/\"a", "Host: a b\r\nX-Forwarded-For: \"1\"\r\n").line(true, 200, 0);
    assertThat(line)
        .contains("path=\"/%22a\"")
        .contains("host=a%20b ")
        .contains("fwd=\"%221%22, 127.0.0.1\"");
    assertThat(entry("/~\177\351!\001", "").line(true, 200, 0))
        .contains("path=\"/~%7F%E9!%01\" host= request_id");
  }

  @Test
  void a_connection_has_times_until_another_is_tried() {
    var entry = entry("/", "Host: x\r\n");
    assertThat(entry.arrived()).isNotZero();
    entry.connecting(new Backend(Stage.web(2), 5001));
    assertThat(entry.line(true, 200, 0)).contains("dyno=web.2 connect= service= status=200");
    entry.connected();
    // Less than a minute each: neither is a point in time.
    assertThat(entry.line(true, 200, 0))
        .containsPattern(" connect=\\d{1,5}ms service=\\d{1,5}ms status=200 ");
    entry.connecting(new Backend(Stage.web(1), 5000));
    assertThat(entry.line(true, 200, 0)).contains("dyno=web.1 connect= service= ");
  }

  @Test
  void an_error_has_its_own_status_but_for_a_refused_request() {
    var entry = entry("/", "Host: x\r\n");
    entry.error(RouterError.H12);
    assertThat(entry.line(true, 200, 0))
        .startsWith("at=error code=H12 desc=\"Request timeout\" method=GET")
        .contains(" status=503 ");
    entry.error(RouterError.H26);
    assertThat(entry.line(true, 417, 0)).contains(" status=417 ");
  }
}
