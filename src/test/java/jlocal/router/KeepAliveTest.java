package jlocal.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reuse of connections to an app, and races with its close. */
class KeepAliveTest {
  private static String post(String body) {
    String head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length() + "\r\n\r\n";
    return head + body;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | Keep-Alive: timeout=5",
        "1 | Keep-Alive: timeout=5, max=1",
        "1 | X: nothing",
        "2 | Keep-Alive: timeout=1",
        "2 | Keep-Alive: timeout=0",
        "2 | Keep-Alive: timeout=5, max=0",
        "2 | Connection: close",
      })
  void the_connection_header_of_the_app_is_followed(int connections, String field)
      throws IOException {
    try (var app = App.that(call -> call.say("HTTP/1.1 204 No Content\r\n" + field + "\r\n\r\n"));
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      for (int i = 0; i < 2; i++) assertThat(wire.send(Wire.get("/")).head()).contains(" 204 ");
      assertThat(app.connections()).isEqualTo(connections);
    }
  }

  @Test
  void a_connection_that_was_idle_for_a_second_gets_no_request_that_cannot_be_repeated()
      throws IOException {
    try (var app = App.that(call -> call.ok("ok"));
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      wire.send(Wire.get("/")).response();
      long start = System.nanoTime();
      Stage.until("a second is over", () -> System.nanoTime() - start > 1_100_000_000);
      wire.send(Wire.get("/")).response();
      assertThat(app.connections()).isEqualTo(1);
      long then = System.nanoTime();
      Stage.until("a second is over", () -> System.nanoTime() - then > 1_100_000_000);
      wire.send("POST / HTTP/1.1\r\nHost: a\r\n\r\n").response();
      assertThat(app.connections()).isEqualTo(2);
    }
  }

  /**
   * The app closes silently while the next request is on its way. If it had received that request,
   * the outcome is unknown.
   */
  @ParameterizedTest
  @ValueSource(strings = {"", "small", "chunked"})
  void a_post_meets_an_app_that_closes_idle_connections(String kind) throws IOException {
    List<String> bodies = new CopyOnWriteArrayList<>();
    try (var app = App.that(call -> closeSoon(call, bodies));
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      int answered = 0;
      for (int i = 0; i < 300; i++) {
        assertThat(wire.send(Wire.get("/")).response()).endsWith("ok");
        // Not a wait for anything: the pause is what differs.
        LockSupport.parkNanos(400_000 + i * 2_000);
        String body = kind.isEmpty() ? "" : kind + i;
        wire.send(post(body));
        if (wire.response().startsWith("HTTP/1.1 200 ")) {
          answered++;
          assertThat(bodies.getLast()).isEqualTo(body);
        }
      }
      assertThat(answered).isGreaterThan(295);
      assertThat(bodies).hasSize(answered);
    }
  }

  /** Like a thread-per-connection server: reads until the timeout. */
  private static void closeSoon(App.Call call, List<String> bodies) throws IOException {
    if (call.sent().line().startsWith("POST")) bodies.add(call.body());
    call.ok("ok");
    Socket socket = call.socket();
    socket.setSoTimeout(1);
    try {
      var next = new PushbackInputStream(call.in());
      int first = next.read();
      if (first < 0) return;
      next.unread(first);
      socket.setSoTimeout(0);
      var sent = new Sent(Wire.head(next));
      closeSoon(new App.Call(sent, next, call.out(), socket), bodies);
    } catch (SocketTimeoutException idle) {
      socket.close();
    }
  }

  /** It may have acted on it. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_post_that_the_app_has_read_is_never_sent_again(boolean reset) throws IOException {
    try (var app =
            App.that(call -> {
              if (call.sent().line().startsWith("POST")) {
                call.body();
                if (reset) call.socket().setSoLinger(true, 0);
                call.socket().close();
              } else {
                call.ok("ok");
              }
            });
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      for (int i = 1; i <= 20; i++) {
        assertThat(wire.send(Wire.get("/")).response()).endsWith("ok");
        assertThat(wire.send(post("once")).response()).startsWith("HTTP/1.1 503 ").contains("H13");
        assertThat(app.requests()).hasSize(2 * i);
      }
    }
  }

  @Test
  void bytes_after_a_response_are_not_read_as_the_next_one() throws IOException {
    String stray = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged";
    try (var app =
            App.that(call -> {
              boolean head = call.sent().line().startsWith("HEAD");
              call.ok(head ? "not for HEAD" : "right");
              if (head) call.say(stray);
            });
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      for (int i = 0; i < 50; i++) {
        wire.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(wire.head()).startsWith("HTTP/1.1 200 ");
        assertThat(wire.send(Wire.get("/")).response()).endsWith("right");
      }
    }
  }
}
