package jlocal.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import jlocal.router.RouterConfig.Timeouts;
import org.junit.jupiter.api.Test;

/** Failing apps cause Heroku's errors; a disconnected client ends the app's request. */
class RouterErrorTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration BRIEF = Duration.ofMillis(250);

  @Test
  void an_app_that_hangs_up_unanswered_is_h13() throws IOException {
    try (var app = App.that(call -> call.socket().close());
        var stage = Stage.with(app)) {
      assertThat(stage.get("/")).startsWith("HTTP/1.1 503").contains("H13 Connection closed");
      assertThat(stage.firstLine())
          .startsWith("at=error code=H13 desc=\"Connection closed without response\" method=GET")
          .contains("dyno=web.1")
          .contains(" status=503 ");
    }
  }

  @Test
  void an_app_that_does_not_answer_in_time_is_h12_and_loses_its_connection() throws IOException {
    try (var app = App.that(call -> call.in().read());
        var stage = Stage.with(new Timeouts(LONG, LONG, LONG, BRIEF, LONG))) {
      stage.add(app);
      assertThat(stage.get("/")).contains("H12 Request timeout");
      Stage.until("the app was told", () -> app.open() == 0);
    }
  }

  @Test
  void an_app_that_stalls_in_mid_response_is_cut_off() throws IOException {
    try (var app =
            App.that(call -> {
              call.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
              call.in().read();
            });
        var stage = Stage.with(new Timeouts(LONG, LONG, LONG, LONG, BRIEF))) {
      stage.add(app);
      assertThat(Wire.once(stage.port(), Wire.get("/")))
          .contains("one")
          .doesNotEndWith("0\r\n\r\n");
      assertThat(stage.firstLine()).startsWith("at=error code=H15 desc=\"Idle connection\"");
    }
  }

  @Test
  void an_app_that_exits_in_mid_response_closes_the_connection_to_the_client() throws IOException {
    try (var app =
            App.that(call -> {
              call.say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
              call.socket().close();
            });
        var stage = Stage.with(app)) {
      assertThat(Wire.once(stage.port(), Wire.get("/"))).endsWith("half");
      assertThat(stage.firstLine()).startsWith("sock=backend at=error code=H18");
    }
  }

  @Test
  void an_app_that_exits_in_mid_chunk_gets_no_last_chunk_added() throws IOException {
    try (var app =
            App.that(call -> {
              call.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
              call.socket().close();
            });
        var stage = Stage.with(app)) {
      assertThat(Wire.once(stage.port(), Wire.get("/")))
          .contains("half")
          .doesNotContain("\r\n0\r\n");
    }
  }

  @Test
  void a_response_that_is_not_http_is_h17() throws IOException {
    try (var app = App.that(call -> call.say("hello, world\r\n\r\n"));
        var stage = Stage.with(app)) {
      assertThat(stage.get("/")).startsWith("HTTP/1.1 502").contains("H17 Poorly formatted");
    }
  }

  @Test
  void an_answer_with_two_framings_is_refused() throws IOException {
    try (var app =
            App.that(call ->
                call.say(
                    "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"));
        var stage = Stage.with(app)) {
      assertThat(stage.get("/")).startsWith("HTTP/1.1 502");
    }
  }

  @Test
  void a_client_that_resets_takes_its_request_away_from_the_app() throws IOException {
    try (var app = App.that(call -> call.in().read());
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      wire.send(Wire.get("/"));
      Stage.until("the app has it", () -> app.requests().size() == 1);
      wire.reset();
      Stage.until("the app was told", () -> app.open() == 0);
      assertThat(stage.firstLine())
          .startsWith("sock=client at=warning code=H27")
          .contains("status=499");
    }
  }

  @Test
  void a_client_that_closes_takes_its_request_away_from_the_app() throws IOException {
    try (var app = App.that(call -> call.in().read());
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      wire.send(Wire.get("/"));
      Stage.until("the app has it", () -> app.requests().size() == 1);
      wire.hangUp();
      Stage.until("the app was told", () -> app.open() == 0);
    }
  }

  @Test
  void a_client_that_half_closes_still_gets_its_answer() throws IOException {
    try (var app = App.saying("late");
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      wire.send(Wire.get("/"));
      wire.shutdownOutput();
      assertThat(wire.rest()).endsWith("late");
    }
  }

  @Test
  void an_aborted_upload_never_looks_complete_to_the_app() throws IOException {
    var seen = new CompletableFuture<String>();
    try (var app = App.that(call -> seen.complete(Wire.text(call.in().readAllBytes())));
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      wire.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
      Stage.until("the app has it", () -> app.requests().size() == 1);
      wire.hangUp();
      assertThat(seen.join()).isEqualTo("5\r\nhello\r\n");
    }
  }

  @Test
  void an_early_answer_passes_while_the_client_still_sends() throws IOException {
    try (var app =
            App.that(call -> {
              call.say("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig");
              call.socket().shutdownOutput();
              call.in().readAllBytes();
            });
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      wire.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n");
      wire.send(new byte[100_000]);
      assertThat(wire.rest()).startsWith("HTTP/1.1 413 Too Large").endsWith("big");
    }
  }

  @Test
  void a_connection_that_the_app_closed_while_idle_is_not_reused() throws IOException {
    try (var app =
            App.that(call -> {
              call.ok("ok");
              call.socket().shutdownOutput();
            });
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      for (int i = 0; i < 20; i++) assertThat(wire.send(Wire.get("/")).response()).endsWith("ok");
    }
  }
}
