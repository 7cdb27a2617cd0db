package jlocal.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Instances are restarted under load, and clients do not notice. */
class RestartIT {
  private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello";

  /** Sends requests until stopped; counts those that got a response. */
  private static long hammer(int port, AtomicBoolean stop) throws IOException {
    long answered = 0;
    try (var wire = new Wire(port)) {
      while (!stop.get()) {
        boolean post = answered % 2 == 0;
        String answer = wire.send(post ? POST : Wire.get("/")).response();
        if (!answer.startsWith("HTTP/1.1 200")) throw new IOException(answer);
        answered++;
      }
    }
    return answered;
  }

  private static long hammered(int port, AtomicBoolean stop) {
    try {
      return hammer(port, stop);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void answer(App.Call call) throws IOException {
    call.ok(call.sent().line().startsWith("POST") ? call.body() : "ok");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void rolling_restarts_fail_no_request(int instances) throws Exception {
    var stop = new AtomicBoolean();
    try (var stage = Stage.empty()) {
      List<App> apps = new ArrayList<>();
      for (int i = 1; i <= instances; i++) {
        apps.add(App.that(RestartIT::answer));
        stage.set(i, apps.getLast().port(), BackendState.UP);
      }
      List<CompletableFuture<Long>> clients = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        clients.add(
            CompletableFuture.supplyAsync(
                () -> hammered(stage.port(), stop), Thread::startVirtualThread));
      }
      for (int round = 0; round < 60; round++) restart(stage, apps, round % instances);
      stop.set(true);
      long answered = 0;
      for (var client : clients) answered += client.get(20, TimeUnit.SECONDS);
      assertThat(answered).isGreaterThan(60);
      for (App app : apps) app.close();
    }
  }

  private static void restart(Stage stage, List<App> apps, int which) throws Exception {
    App old = apps.get(which);
    int port = old.port();
    stage.set(which + 1, port, BackendState.DRAINING);
    stage.router().drained(Stage.web(which + 1)).toCompletableFuture().get(30, TimeUnit.SECONDS);
    old.close();
    stage.set(which + 1, port, BackendState.STARTING);
    apps.set(which, App.on(port, RestartIT::answer));
    stage.set(which + 1, port, BackendState.UP);
    int seen = apps.get(which).requests().size();
    Stage.until("it has a request", () -> apps.get(which).requests().size() > seen);
  }

  @Test
  void a_gigabyte_passes_in_both_directions() throws Exception {
    byte[] piece = new byte[1 << 20];
    try (var app =
            App.that(call -> {
              long left = Long.parseLong(call.sent().value("Content-Length"));
              while (left > 0) left -= call.in().read(piece, 0, (int) Math.min(left, piece.length));
              call.say("HTTP/1.1 200 OK\r\nContent-Length: " + (1L << 30) + "\r\n\r\n");
              for (int i = 0; i < 1024; i++) call.out().write(piece);
            });
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      wire.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + (1L << 30) + "\r\n\r\n");
      for (int i = 0; i < 1024; i++) wire.send(piece);
      wire.head();
      long sum = 0;
      for (int i = 0; i < 1024; i++) sum += wire.read(1 << 20).length();
      assertThat(sum).isEqualTo(1L << 30);
    }
  }

  @Test
  void turns_differ_by_at_most_one_over_thousands_of_requests_from_many_clients() throws Exception {
    try (var one = App.saying("1");
        var two = App.saying("2");
        var three = App.saying("3");
        var stage = Stage.with(one, two, three)) {
      List<CompletableFuture<Void>> clients = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        clients.add(
            CompletableFuture.runAsync(() -> ask(stage.port(), 1_000), Thread::startVirtualThread));
      }
      for (var client : clients) client.get(60, TimeUnit.SECONDS);
      for (App app : List.of(one, two, three)) assertThat(app.requests()).hasSize(2_000);
    }
  }

  private static void ask(int port, int times) {
    try (var wire = new Wire(port)) {
      for (int i = 0; i < times; i++) wire.send(Wire.get("/")).response();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
