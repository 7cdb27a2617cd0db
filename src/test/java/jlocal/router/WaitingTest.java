package jlocal.router;

import static jlocal.router.BackendState.CRASHED;
import static jlocal.router.BackendState.DRAINING;
import static jlocal.router.BackendState.REMOVED;
import static jlocal.router.BackendState.RESTARTING;
import static jlocal.router.BackendState.STARTING;
import static jlocal.router.BackendState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import jlocal.Await;
import jlocal.router.RouterConfig.Timeouts;
import org.junit.jupiter.api.Test;

/** Requests wait for an instance that starts, and fail if none will. */
class WaitingTest {
  private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello";

  @Test
  void a_request_waits_while_its_instance_starts_and_goes_on_when_it_is_up() throws IOException {
    try (var stage = Stage.empty();
        var app = App.that(call -> call.ok(call.body()));
        var wire = new Wire(stage.port())) {
      stage.set(1, app.port(), STARTING);
      wire.send(POST);
      // Another request is answered while this one waits.
      assertThat(stage.get("/", "Expect: nothing")).startsWith("HTTP/1.1 417");
      assertThat(app.requests()).isEmpty();
      stage.set(1, app.port(), UP);
      assertThat(wire.response()).startsWith("HTTP/1.1 200").endsWith("hello");
    }
  }

  @Test
  void a_request_waits_while_its_only_instance_restarts() throws IOException {
    try (var app = App.saying("back");
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      stage.set(1, app.port(), DRAINING);
      wire.send(Wire.get("/"));
      stage.set(1, app.port(), STARTING).set(1, app.port(), UP);
      assertThat(wire.response()).endsWith("back");
    }
  }

  @Test
  void waiting_ends_when_the_boot_takes_too_long() throws IOException {
    Timeouts brief =
        new Timeouts(
            Duration.ofMillis(200),
            Duration.ofMillis(200),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2));
    try (var stage = Stage.with(brief)) {
      stage.set(1, 1, STARTING);
      assertThat(stage.get("/"))
          .startsWith("HTTP/1.1 503")
          .contains("Retry-After: ")
          .endsWith("H20 App boot timeout: web.1 is starting, but port 1 has not opened yet.\n");
    }
  }

  @Test
  void waiting_ends_at_once_when_the_instance_crashes_for_good() throws IOException {
    try (var stage = Stage.empty();
        var wire = new Wire(stage.port())) {
      stage.set(1, 1, STARTING);
      wire.send(Wire.get("/"));
      stage.set(1, 1, CRASHED);
      assertThat(wire.response()).contains("H10 App crashed: web.1 crashed");
    }
  }

  @Test
  void a_crashed_instance_that_will_be_restarted_is_awaited_briefly() throws IOException {
    try (var stage = Stage.empty()) {
      stage.set(1, 1, RESTARTING);
      assertThat(stage.get("/")).contains("H10 App crashed");
    }
  }

  @Test
  void a_request_does_not_wait_where_nothing_runs() throws IOException {
    try (var stage = Stage.empty()) {
      assertThat(stage.get("/")).contains("H14 No web processes running");
      stage.set(1, 1, STARTING).set(1, 1, REMOVED);
      assertThat(stage.get("/")).contains("H14 No web processes running");
    }
  }

  @Test
  void the_number_of_waiting_requests_is_limited() throws IOException {
    var options = RouterConfig.on(List.of("127.0.0.1"), 0).with(Stage.SHORT).withLimits(1, 100);
    try (var stage = Stage.with(options);
        var app = App.saying("ok");
        var wire = new Wire(stage.port())) {
      stage.set(1, app.port(), STARTING);
      wire.send(Wire.get("/"));
      // Which of the two has the place is open, but one has it and the other is told.
      var other = CompletableFuture.supplyAsync(() -> once(stage));
      Stage.until("one was refused", () -> !stage.log().isEmpty());
      stage.set(1, app.port(), UP);
      assertThat(List.of(wire.response(), other.join()))
          .anyMatch(answer -> answer.contains("H11 Backlog too deep"))
          .anyMatch(answer -> answer.endsWith("ok"));
    }
  }

  private static String once(Stage stage) {
    try {
      return stage.get("/");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_wrong_port_is_reported_with_both_numbers() throws IOException {
    try (var stage = Stage.empty();
        var wire = new Wire(stage.port())) {
      stage.set(1, 5000, STARTING);
      wire.send(Wire.get("/"));
      stage.router().setWrongPort(Stage.web(1), 5000, 3000);
      assertThat(wire.response()).contains("web.1 listens on port 3000, but its PORT is 5000");
    }
  }

  @Test
  void a_refused_connection_goes_to_the_next_instance_whatever_the_method() throws IOException {
    try (var app = App.that(call -> call.ok(call.body()));
        var stage = Stage.with(app)) {
      stage.set(2, closedPort(), UP);
      for (int i = 0; i < 6; i++) {
        try (var wire = new Wire(stage.port())) {
          assertThat(wire.send(POST).response()).endsWith("hello");
        }
      }
      assertThat(app.requests()).hasSize(6);
    }
  }

  @Test
  void an_instance_reported_up_is_tried_until_it_accepts() throws IOException {
    try (var stage = Stage.empty();
        var wire = new Wire(stage.port())) {
      int port = closedPort();
      stage.set(1, port, UP);
      wire.send(POST);
      try (var app = App.on(port, call -> call.ok(call.body()))) {
        assertThat(wire.response()).endsWith("hello");
        assertThat(app.requests()).hasSize(1);
      }
    }
  }

  @Test
  void an_app_on_the_other_loopback_address_is_found() throws IOException {
    InetAddress ipv6 = InetAddress.ofLiteral("::1");
    try (var stage = Stage.empty();
        var app = App.at(ipv6, 0, call -> call.ok("six"))) {
      stage.set(1, app.port(), UP);
      assertThat(stage.get("/")).endsWith("six");
    }
  }

  @Test
  void a_draining_instance_gets_no_requests_and_is_drained_after_its_last_response()
      throws Exception {
    var gate = new CompletableFuture<String>();
    try (var slow = App.that(call -> call.ok(gate.join()));
        var other = App.saying("other");
        var stage = Stage.with(slow, other);
        var wire = new Wire(stage.port())) {
      wire.send(Wire.get("/"));
      Stage.until("the slow one has it", () -> slow.requests().size() == 1);
      stage.set(1, slow.port(), DRAINING);
      var drained = stage.router().drained(Stage.web(1)).toCompletableFuture();
      for (int i = 0; i < 4; i++) assertThat(stage.get("/")).endsWith("other");
      assertThat(drained).isNotDone();
      gate.complete("slow");
      assertThat(wire.response()).endsWith("slow");
      assertThat(drained).succeedsWithin(Await.LIMIT);
    }
  }

  private static int closedPort() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return taken.getLocalPort();
    }
  }
}
