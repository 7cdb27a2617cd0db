package jlocal.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of HTTP/1 that proxies often get wrong. */
class ProtocolTest {
  @ParameterizedTest
  @ValueSource(strings = {"304 Not Modified", "204 No Content"})
  void an_answer_without_a_body_is_not_waited_for_whatever_its_length(String status)
      throws IOException {
    try (var app =
            App.that(call ->
                call.say("HTTP/1.1 " + status + "\r\nETag: x\r\nContent-Length: 9\r\n\r\n"));
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      for (int i = 0; i < 3; i++) {
        assertThat(wire.send(Wire.get("/")).head())
            .startsWith("HTTP/1.1 " + status)
            .contains("ETag");
      }
      assertThat(app.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 9", "Transfer-Encoding: chunked"})
  void head_gets_the_fields_and_no_body(String framing) throws IOException {
    try (var app = App.that(call -> call.say("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n"));
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      for (int i = 0; i < 3; i++) {
        wire.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(wire.head()).startsWith("HTTP/1.1 200 OK").containsIgnoringCase(framing);
      }
    }
  }

  @Test
  void early_hints_come_before_the_answer() throws IOException {
    try (var app =
            App.that(call -> {
              call.say("HTTP/1.1 103 Early Hints\r\nContent-Length: 4\r\nLink: </a.css>\r\n\r\n");
              call.ok("page");
            });
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      wire.send(Wire.get("/"));
      assertThat(wire.head()).isEqualTo("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n");
      assertThat(wire.response()).startsWith("HTTP/1.1 200 OK").endsWith("page");
    }
  }

  @Test
  void a_client_of_http_1_0_sees_no_early_hints_and_no_chunks() throws IOException {
    try (var app =
            App.that(call -> {
              call.say("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n");
              call.say("Transfer-Encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n");
            });
        var stage = Stage.with(app)) {
      assertThat(Wire.once(stage.port(), "GET / HTTP/1.0\r\n\r\n"))
          .matches("(?s)HTTP/1\\.[01] 200 OK\r\n.*\r\n\r\nonetwo")
          .doesNotContainIgnoringCase("transfer-encoding");
    }
  }

  @Test
  void a_client_of_http_1_0_may_keep_its_connection() throws IOException {
    try (var app = App.saying("ok");
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      for (int i = 0; i < 3; i++) {
        wire.send("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
        assertThat(wire.response())
            .containsIgnoringCase("\r\nConnection: keep-alive\r\n")
            .endsWith("ok");
      }
    }
  }

  /** RFC 9112, section 9.3: close takes precedence. */
  @ParameterizedTest
  @ValueSource(strings = {"keep-alive, close", "close, keep-alive"})
  void a_client_that_asks_for_both_is_closed(String connection) throws IOException {
    try (var app = App.that(call -> call.ok("ok"));
        var stage = Stage.with(app)) {
      String request = "GET / HTTP/1.0\r\nConnection: " + connection + "\r\n\r\n";
      assertThat(Wire.once(stage.port(), request)).endsWith("ok").doesNotContain("keep-alive");
    }
  }

  /** A client of HTTP/1.0 waits for the end of a connection that is not said to stay. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nok",
        "not HTTP\r\n\r\n"
      })
  void a_client_of_http_1_0_is_told_whether_its_connection_stays(String answer) throws IOException {
    try (var app =
            App.that(call -> {
              call.say(answer);
              call.socket().close();
            });
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      wire.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      String head = wire.response();
      boolean stays = head.toLowerCase(Locale.ROOT).contains("\r\nconnection: keep-alive\r\n");
      if (stays) wire.send("GET / HTTP/1.0\r\n\r\n");
      assertThat(wire.rest()).matches(stays ? "(?s)HTTP/1\\.. .*" : "(ok)?");
    }
  }

  @Test
  void a_connection_that_a_client_wants_closed_is_closed() throws IOException {
    try (var app = App.saying("ok");
        var stage = Stage.with(app)) {
      for (String connection : List.of("close", "Close", "X-A, close", "close, X-A")) {
        String got = Wire.once(stage.port(), Wire.get("/", "Connection: " + connection));
        assertThat(got).containsIgnoringCase("\r\nConnection: close\r\n").endsWith("ok");
      }
      assertThat(Wire.once(stage.port(), "GET / HTTP/1.0\r\n\r\n")).endsWith("ok");
    }
  }

  @Test
  void an_app_of_http_1_0_ends_its_answer_by_closing_and_the_client_stays() throws IOException {
    try (var app =
            App.that(call -> {
              call.say("HTTP/1.0 200 OK\r\n\r\nold");
              call.socket().close();
            });
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      for (int i = 0; i < 3; i++) {
        assertThat(wire.send(Wire.get("/")).head()).contains("Transfer-Encoding: chunked");
        assertThat(wire.chunk()).isEqualTo("old");
        assertThat(wire.chunk()).isEmpty();
      }
    }
  }

  @Test
  void an_app_that_closes_after_each_answer_does_not_close_the_client() throws IOException {
    try (var app =
            App.that(call -> {
              call.say("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
              call.socket().close();
            });
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      for (int i = 0; i < 5; i++) {
        assertThat(wire.send(Wire.get("/")).response()).doesNotContain("close").endsWith("ok");
      }
    }
  }

  @Test
  void continue_is_between_client_and_app() throws IOException {
    try (var app =
            App.that(call -> {
              call.say("HTTP/1.1 100 Continue\r\n\r\n");
              call.ok(call.body());
            });
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      wire.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
      assertThat(wire.head()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      assertThat(app.requests().getFirst().values("Expect")).containsExactly("100-continue");
      assertThat(wire.send("hello").response()).endsWith("hello");
    }
  }

  @Test
  void an_app_may_refuse_to_continue() throws IOException {
    try (var app =
            App.that(call -> call.say("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"));
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      wire.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
      assertThat(wire.response()).startsWith("HTTP/1.1 403").endsWith("no");
    }
  }

  @Test
  void events_are_flushed_one_by_one() throws Exception {
    var next = new SynchronousQueue<String>();
    try (var app =
            App.that(call -> {
              call.say("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
              for (int i = 0; i < 3; i++) call.say("data: " + taken(next) + "\n\n");
            });
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      wire.send(Wire.get("/")).head();
      for (String word : List.of("a", "b", "c")) {
        next.put(word);
        assertThat(wire.chunk()).isEqualTo("data: " + word + "\n\n");
      }
    }
  }

  private static String taken(SynchronousQueue<String> from) {
    try {
      return from.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void hundreds_of_requests_may_be_at_an_instance_at_once() throws Exception {
    var all = new CountDownLatch(600);
    var go = new CompletableFuture<String>();
    try (var app =
            App.that(call -> {
              all.countDown();
              call.ok(go.join());
            });
        var stage = Stage.with(app)) {
      List<Wire> wires = new ArrayList<>();
      for (int i = 0; i < 600; i++) wires.add(new Wire(stage.port()).send(Wire.get("/")));
      assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
      go.complete("ok");
      for (Wire wire : wires) {
        assertThat(wire.response()).endsWith("ok");
        wire.hangUp();
      }
    }
  }

  @Test
  void a_slow_reader_slows_the_app_and_costs_no_memory() throws Exception {
    byte[] piece = new byte[1 << 20];
    var written = new AtomicInteger();
    try (var app =
            App.that(call -> {
              call.say("HTTP/1.1 200 OK\r\nContent-Length: " + 64L * piece.length + "\r\n\r\n");
              for (int i = 0; i < 64; i++) {
                call.out().write(piece);
                written.incrementAndGet();
              }
            });
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      wire.send(Wire.get("/")).head();
      wire.read(1000);
      assertThat(written.get()).isLessThan(40);
      for (int i = 0; i < 64; i++) wire.read(i == 0 ? piece.length - 1000 : piece.length);
      assertThat(stage.firstLine()).contains("bytes=" + 64L * piece.length);
    }
  }
}
