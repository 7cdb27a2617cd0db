package jlocal.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Opening and closing the router. */
class RouterTest {
  @Test
  void it_listens_on_both_loopback_addresses_with_one_port() throws IOException {
    try (var app = App.saying("ok");
        var stage = Stage.with(app)) {
      for (String host : List.of("127.0.0.1", "::1")) {
        try (var wire = new Wire(host, stage.port())) {
          assertThat(wire.send(Wire.get("/")).response()).endsWith("ok");
        }
      }
      assertThat(app.requests().getLast().values("X-Forwarded-For")).containsExactly("::1");
    }
  }

  @Test
  void a_busy_port_is_reported_and_nothing_stays_open() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var options = RouterConfig.on(List.of("127.0.0.1", "::1"), taken.getLocalPort());
      assertThatThrownBy(() -> Router.open(options, line -> {}, (name, lines) -> List.of()))
          .isInstanceOf(BindException.class);
    }
    Stage.until("no thread is left", () -> threads() == 0);
  }

  @Test
  void closing_ends_all_connections_and_leaves_no_thread() throws IOException {
    var app = App.that(call -> call.in().read());
    var stage = Stage.with(app);
    try (var wire = new Wire(stage.port())) {
      wire.send(Wire.get("/"));
      Stage.until("the app has it", () -> app.requests().size() == 1);
      stage.close();
      assertThat(wire.rest()).isIn("", "<reset>");
      Stage.until("no thread is left", () -> threads() == 0);
    }
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("router"))
        .count();
  }

  @Test
  void idle_connections_of_a_removed_instance_are_closed() throws IOException {
    try (var app = App.saying("ok");
        var stage = Stage.with(app)) {
      stage.get("/");
      stage.set(1, app.port(), BackendState.REMOVED);
      Stage.until("its connection is closed", () -> app.open() == 0);
    }
  }

  @Test
  void updates_after_closing_are_ignored() throws IOException {
    try (var app = App.saying("ok")) {
      var stage = Stage.with(app);
      stage.get("/");
      stage.router().close();
      stage.set(1, app.port(), BackendState.DRAINING).set(1, app.port(), BackendState.REMOVED);
      assertThat(stage.router().drained(Stage.web(1)).toCompletableFuture()).isCompleted();
      stage.close();
    }
  }
}
