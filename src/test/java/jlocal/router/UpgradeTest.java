package jlocal.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Upgrades to WebSocket and other protocols. */
class UpgradeTest {
  private static final String HELLO =
      Wire.get(
          "/ws", "Connection: keep-alive, Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: x");
  private static final String AGREED =
      String.join(
          "\r\n",
          "HTTP/1.1 101 Switching Protocols",
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Accept: y",
          "",
          "");

  @Test
  void bytes_pass_both_ways_after_the_app_agreed() throws IOException {
    try (var app =
            App.that(call -> {
              call.say(AGREED + "first");
              call.in().transferTo(call.out());
              call.socket().close();
            });
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      assertThat(wire.send(HELLO).head())
          .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
          .contains("Upgrade: websocket\r\n", "Sec-WebSocket-Accept: y\r\n")
          .containsIgnoringCase("Connection: Upgrade\r\n");
      assertThat(wire.read(5)).isEqualTo("first");
      assertThat(wire.send("echo").read(4)).isEqualTo("echo");
      Sent sent = app.requests().getFirst();
      assertThat(sent.values("Connection")).containsExactly("Upgrade");
      assertThat(sent.values("Upgrade")).containsExactly("websocket");
      assertThat(sent.values("X-Forwarded-For")).containsExactly("127.0.0.1");
      wire.shutdownOutput();
      assertThat(wire.rest()).isEmpty();
      assertThat(stage.firstLine()).contains("path=\"/ws\"").contains("status=101 bytes=9 ");
    }
  }

  @Test
  void bytes_sent_before_the_app_agreed_are_not_lost() throws IOException {
    try (var app =
            App.that(call -> {
              call.say(AGREED);
              call.in().transferTo(call.out());
            });
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      wire.send(HELLO + "early").head();
      assertThat(wire.read(5)).isEqualTo("early");
    }
  }

  @Test
  void after_a_refused_upgrade_the_connection_continues_with_http() throws IOException {
    try (var app = App.saying("no");
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      wire.send(HELLO + Wire.get("/next"));
      assertThat(wire.response()).endsWith("no");
      assertThat(wire.response()).endsWith("no");
      assertThat(app.requests().getLast().target()).isEqualTo("/next");
    }
  }

  @Test
  void large_messages_pass_whole() throws IOException {
    try (var app =
            App.that(call -> {
              call.say(AGREED);
              call.in().transferTo(call.out());
            });
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      wire.send(HELLO).head();
      byte[] message = new byte[4_000_000];
      Thread.ofVirtual().start(() -> send(wire, message));
      assertThat(wire.read(message.length)).hasSize(message.length);
    }
  }

  private static void send(Wire wire, byte[] message) {
    try {
      wire.send(message);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void the_death_of_one_side_ends_the_other() throws IOException {
    try (var app =
            App.that(call -> {
              call.say(AGREED);
              call.in().read();
              call.socket().close();
            });
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      wire.send(HELLO).head();
      wire.send("x");
      assertThat(wire.rest()).isIn("", "<reset>");
    }
  }

  /** What client and router alone agree on: the app would not know what to answer. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TLS/1.2 |",
        "tls/1.0, HTTP/1.1 |",
        "h2c |",
        "h2c, websocket | websocket",
        "foo/2, TLS/1.3 | foo/2",
      })
  void only_protocols_that_pass_through_a_router_are_offered_to_the_app(
      String asked, String offered) throws IOException {
    try (var app = App.saying("ok");
        var stage = Stage.with(app)) {
      stage.get("/", "Connection: Upgrade", "Upgrade: " + asked);
      Sent sent = app.requests().getFirst();
      if (offered == null) assertThat(sent.head()).doesNotContainIgnoringCase("upgrade");
      else assertThat(sent.values("Upgrade")).containsExactly(offered);
    }
  }

  @Test
  void a_request_of_http_1_0_or_with_a_body_is_not_upgraded() throws IOException {
    try (var app = App.that(call -> call.ok("ok"));
        var stage = Stage.with(app)) {
      String fields = "Host: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n";
      Wire.once(stage.port(), "GET / HTTP/1.0\r\n" + fields + "\r\n");
      stage.get("/", "Connection: close, Upgrade", "Upgrade: foo", "Content-Length: 0");
      String post = "POST / HTTP/1.1\r\n" + fields + "Content-Length: 2\r\n\r\nhi";
      try (var wire = new Wire(stage.port())) {
        assertThat(wire.send(post).response()).endsWith("ok");
      }
      assertThat(app.requests()).hasSize(3);
      assertThat(app.requests().getFirst().head()).doesNotContainIgnoringCase("upgrade");
      assertThat(app.requests().getLast().head()).doesNotContainIgnoringCase("upgrade");
    }
  }
}
