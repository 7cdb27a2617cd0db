package jlocal.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.SynchronousQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Requests and responses pass unchanged, except for Heroku's additions. */
class ForwardingTest {
  @Test
  void an_answer_comes_back_with_status_reason_fields_and_body() throws IOException {
    try (var app =
            App.that(call ->
                call.say(
                    "HTTP/1.1 418 Short and stout\r\nX-One: 1\r\nSet-Cookie: a=1\r\n"
                        + "Set-Cookie: b=2\r\nContent-Length: 3\r\n\r\ntea"));
        var stage = Stage.with(app)) {
      assertThat(stage.get("/pot"))
          .startsWith("HTTP/1.1 418 Short and stout\r\n")
          .containsSubsequence("Set-Cookie: a=1\r\n", "Set-Cookie: b=2\r\n")
          .contains("X-One: 1\r\n")
          .endsWith("\r\n\r\ntea");
    }
  }

  @Test
  void the_app_sees_the_request_as_sent_with_what_heroku_adds() throws IOException {
    try (var app = App.saying("ok");
        var stage = Stage.with(app)) {
      stage.get("/a%2Fb/../c;x=1?q=%20&r=+", "X-Many: 1", "X-Many: 2", "Cookie: a=b");
      Sent sent = app.requests().getFirst();
      assertThat(sent.line()).isEqualTo("GET /a%2Fb/../c;x=1?q=%20&r=+ HTTP/1.1");
      assertThat(sent.values("X-Many")).containsExactly("1", "2");
      assertThat(sent.values("Cookie")).containsExactly("a=b");
      assertThat(sent.values("Host")).containsExactly("localhost");
      assertThat(sent.values("X-Forwarded-For")).containsExactly("127.0.0.1");
      assertThat(sent.values("X-Forwarded-Proto")).containsExactly("http");
      assertThat(sent.values("X-Forwarded-Port")).containsExactly("" + stage.port());
      assertThat(sent.values("Via")).containsExactly("1.1 jlocal");
      assertThat(sent.value("X-Request-Start")).matches("\\d{13}");
      assertThat(sent.value("X-Request-Id")).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }
  }

  @Test
  void a_client_adds_to_forwarded_for_and_via_and_cannot_forge_the_rest() throws IOException {
    try (var app = App.saying("ok");
        var stage = Stage.with(app)) {
      stage.get(
          "/",
          "X-Forwarded-For: 10.0.0.1",
          "X-Forwarded-Proto: gopher",
          "X-Forwarded-Port: 1",
          "X-Request-Start: 0",
          "Via: 1.0 fred",
          "X-Request-Id: short");
      Sent sent = app.requests().getFirst();
      assertThat(sent.values("X-Forwarded-For")).containsExactly("10.0.0.1, 127.0.0.1");
      assertThat(sent.values("X-Forwarded-Proto")).containsExactly("http");
      assertThat(sent.values("X-Forwarded-Port")).containsExactly("" + stage.port());
      assertThat(sent.values("Via")).containsExactly("1.0 fred, 1.1 jlocal");
      assertThat(sent.value("X-Request-Start")).isNotEqualTo("0");
      assertThat(sent.value("X-Request-Id")).isNotEqualTo("short");
    }
  }

  @Test
  void the_other_forwarded_fields_of_a_client_pass_as_on_heroku() throws IOException {
    try (var app = App.saying("ok");
        var stage = Stage.with(app)) {
      stage.get("/", "X-Forwarded-Host: shop.example", "Forwarded: for=10.0.0.1;host=shop.example");
      Sent sent = app.requests().getFirst();
      assertThat(sent.values("X-Forwarded-Host")).containsExactly("shop.example");
      assertThat(sent.values("Forwarded")).containsExactly("for=10.0.0.1;host=shop.example");
    }
  }

  @Test
  void hop_by_hop_fields_are_stripped_in_both_directions() throws IOException {
    try (var app =
            App.that(call ->
                call.say(
                    String.join(
                        "\r\n",
                        "HTTP/1.1 200 OK",
                        "Connection: X-Theirs",
                        "X-Theirs: 1",
                        "Keep-Alive: timeout=5",
                        "Content-Length: 0",
                        "",
                        "")));
        var stage = Stage.with(app)) {
      String answer =
          stage.get(
              "/",
              "Connection: keep-alive, X-Mine",
              "X-Mine: 1",
              "Keep-Alive: 300",
              "TE: trailers",
              "Proxy-Connection: keep-alive",
              "Upgrade: h2c",
              "HTTP2-Settings: AAMAAABk");
      assertThat(app.requests().getFirst().head().toLowerCase(Locale.ROOT))
          .doesNotContain("x-mine", "keep-alive", "\r\nte:", "proxy-", "upgrade", "http2");
      assertThat(answer).doesNotContain("X-Theirs", "Keep-Alive");
    }
  }

  @Test
  void instances_take_strict_turns_also_within_one_connection() throws IOException {
    try (var one = App.saying("1");
        var two = App.saying("2");
        var three = App.saying("3");
        var stage = Stage.with(one, two, three);
        var wire = new Wire(stage.port())) {
      var seen = new StringBuilder();
      for (int i = 0; i < 9; i++) {
        String answer = wire.send(Wire.get("/")).response();
        seen.append(answer.charAt(answer.length() - 1));
      }
      assertThat(seen.toString()).isEqualTo("123123123");
    }
  }

  @Test
  void connections_to_an_instance_are_reused() throws IOException {
    try (var app = App.saying("ok");
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      for (int i = 0; i < 10; i++) wire.send(Wire.get("/")).response();
      assertThat(app.requests()).hasSize(10);
      assertThat(app.connections()).isEqualTo(1);
    }
  }

  @Test
  void a_body_with_a_length_arrives_whole_and_in_both_directions() throws IOException {
    String body =
        IntStream.range(0, 300_000).mapToObj(i -> "x" + i % 10).collect(Collectors.joining());
    try (var app = App.that(call -> call.ok(call.body()));
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      wire.send(
          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
      assertThat(wire.response()).endsWith("\r\n\r\n" + body);
    }
  }

  @Test
  void a_chunked_body_arrives_in_chunks_with_its_trailers() throws IOException {
    try (var app =
            App.that(call -> {
              String body = Wire.head(call.in());
              call.ok(body.replace("\r\n", "|"));
            });
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      wire.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      wire.send("5;ext=1\r\nhello\r\n0\r\nX-Sum: 7\r\nContent-Length: 9\r\n\r\n");
      assertThat(wire.response()).endsWith("\r\n\r\n5|hello|0|X-Sum: 7||");
    }
  }

  @Test
  void chunks_are_forwarded_at_once_and_the_end_is_the_apps() throws Exception {
    var gate = new SynchronousQueue<String>();
    try (var app =
            App.that(call -> {
              call.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
              take(gate);
              call.say("3\r\ntwo\r\n");
              take(gate);
              call.say("0\r\nX-Sum: 6\r\n\r\n");
            });
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      assertThat(wire.send(Wire.get("/")).head()).contains("Transfer-Encoding: chunked");
      assertThat(wire.chunk()).isEqualTo("one");
      gate.put("go");
      assertThat(wire.chunk()).isEqualTo("two");
      gate.put("go");
      assertThat(wire.head()).isEqualTo("0\r\nX-Sum: 6\r\n\r\n");
    }
  }

  private static void take(SynchronousQueue<String> gate) {
    try {
      gate.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void pipelined_requests_are_answered_in_order() throws IOException {
    try (var app = App.that(ForwardingTest::echoTarget);
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      wire.send(
          Wire.get("/1")
              + "POST /2 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
              + Wire.get("/3"));
      assertThat(wire.response()).endsWith("/1");
      assertThat(wire.response()).endsWith("/2");
      assertThat(wire.response()).endsWith("/3");
    }
  }

  private static void echoTarget(App.Call call) throws IOException {
    if (call.sent().line().startsWith("POST")) Wire.head(call.in());
    call.ok(call.sent().target());
  }

  @Test
  void each_request_has_its_line() throws IOException {
    try (var app = App.saying("thirteen byte");
        var stage = Stage.with(app)) {
      stage.get("/x?y=\"1\"", "X-Request-Id: aaaaaaaaaabbbbbbbbbb");
      assertThat(stage.firstLine())
          .matches(
              "at=info method=GET path=\"/x\\?y=%221%22\" host=localhost"
                  + " request_id=aaaaaaaaaabbbbbbbbbb fwd=\"127.0.0.1\" dyno=web.1"
                  + " connect=\\d+ms service=\\d+ms status=200 bytes=13 protocol=http");
    }
  }

  @Test
  void the_query_is_left_out_of_the_log_on_request() throws IOException {
    var lines = new CopyOnWriteArrayList<String>();
    var config = RouterConfig.on(List.of("127.0.0.1"), 0).with(RouterConfig.RequestLog.PATH);
    try (var app = App.saying("ok");
        var router = Router.open(config, lines::add, (name, count) -> List.of())) {
      router.setBackend(Stage.web(1), app.port(), BackendState.UP);
      assertThat(Wire.once(router.port(), Wire.get("/a?token=secret", "Connection: close")))
          .endsWith("ok");
      Stage.until("a line", () -> !lines.isEmpty());
      assertThat(lines.getFirst()).contains("path=\"/a\"").doesNotContain("secret");
      assertThat(app.requests().getFirst().target()).isEqualTo("/a?token=secret");
    }
  }
}
