package jlocal.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jlocal.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections for another app's hosts are passed on to its router. */
class ConnectionForwarderTest {
  private final CountDownLatch goOn = new CountDownLatch(1);
  private App there;
  private Stage shop;
  private Stage admin;

  @BeforeEach
  void open() throws IOException {
    there =
        App.that(call -> {
          if (call.sent().line().contains("/slow")) slow(call);
          else if (call.sent().line().contains("/pauses")) pauses(call);
          else if (call.sent().line().contains("/never")) pause(Await.LIMIT);
          else if (call.sent().line().contains("/ws")) echo(call);
          else if (call.sent().line().startsWith("POST")) call.ok(call.body());
          else call.ok("shop");
        });
    shop = Stage.with(there);
    shop.router().serveNames("shop", others(0), () -> {});
    admin = Stage.with(App.saying("admin"));
    admin.router().serveNames("admin", others(shop.port()), () -> {});
  }

  @AfterEach
  void close() throws IOException {
    goOn.countDown();
    admin.close();
    shop.close();
  }

  private void slow(App.Call call) throws IOException {
    call.say("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbegin");
    try {
      goOn.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    call.say(" end");
  }

  private void pauses(App.Call call) throws IOException {
    call.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
    for (int i = 0; i < 10; i++) {
      call.say(Integer.toString(i));
      pause(Duration.ofMillis(200));
    }
  }

  private void pause(Duration most) throws IOException {
    try {
      boolean _ = goOn.await(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void echo(App.Call call) throws IOException {
    call.say(
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    call.in().transferTo(call.out());
    call.say("bye");
    call.socket().close();
  }

  /** The app shop, unless its port is 0; its web is found on another thread. */
  static OtherApps others(int port) {
    return new OtherApps() {
      @Override
      public CompletionStage<Integer> port(String host) {
        if (host.startsWith("web.shop.")) return CompletableFuture.supplyAsync(() -> port);
        return CompletableFuture.completedFuture(serves(host) ? port : 0);
      }

      private volatile boolean isGone;

      @Override
      public void gone(int gone) {
        isGone = gone == port;
      }

      @Override
      public boolean serves(String host) {
        return !isGone && host.matches("(?i)(.*\\.)?shop\\.localhost\\.?(:.*)?");
      }

      @Override
      public List<String> names() {
        return List.of("shop.localhost");
      }
    };
  }

  static String to(String host, String line, String... fields) {
    var request = new StringBuilder(line + " HTTP/1.1\r\nHost: " + host + "\r\n");
    for (String field : fields) request.append(field).append("\r\n");
    return request.append("\r\n").toString();
  }

  @ParameterizedTest
  @CsvSource({
    "shop.localhost:8080, shop",
    "SHOP.localhost, shop",
    "web.shop.localhost, shop",
    "shop.localhost., shop",
    "shop.localhost.:8080, shop",
    "admin.localhost., admin",
    "admin.localhost, admin",
    "web.admin.localhost:1, admin",
    "localhost, admin",
    "web.localhost, admin",
    "127.0.0.1, admin",
    "example.org, admin"
  })
  void the_host_chooses_the_app(String host, String app) throws IOException {
    try (var wire = new Wire(admin.port())) {
      assertThat(wire.send(to(host, "GET /")).response()).endsWith("\r\n\r\n" + app);
      assertThat(wire.send(to(host, "GET /2")).response()).endsWith("\r\n\r\n" + app);
    }
  }

  @Test
  void an_unknown_name_is_answered_with_those_that_run() throws IOException {
    try (var wire = new Wire(admin.port())) {
      assertThat(wire.send(to("nope.localhost:8080", "GET /")).response())
          .startsWith("HTTP/1.1 404 ")
          .contains("http://web.localhost:8080", "http://shop.localhost:8080");
    }
  }

  @Test
  void a_connection_is_that_of_one_app() throws IOException {
    try (var wire = new Wire(admin.port())) {
      assertThat(wire.send(to("localhost", "GET /")).response()).endsWith("admin");
      assertThat(wire.send(to("shop.localhost", "GET /")).response())
          .startsWith("HTTP/1.1 421 ")
          .contains("Connection: close");
    }
  }

  @Test
  void the_other_app_sees_the_client_and_the_port_that_it_typed() throws IOException {
    try (var wire = new Wire(admin.port())) {
      wire.send(to("shop.localhost:8080", "GET /a?b")).response();
    }
    Sent sent = there.requests().getFirst();
    assertThat(sent.value("Host")).isEqualTo("shop.localhost:8080");
    assertThat(sent.values("X-Forwarded-For")).containsExactly("127.0.0.1");
    assertThat(sent.values("X-Forwarded-Port")).containsExactly("8080");
    assertThat(admin.log()).isEmpty();
    assertThat(shop.firstLine()).contains("path=\"/a?b\"");
  }

  @Test
  void a_websocket_passes() throws IOException {
    try (var wire = new Wire(admin.port())) {
      var hello = to("shop.localhost", "GET /ws", "Connection: Upgrade", "Upgrade: websocket");
      assertThat(wire.send(hello).head()).startsWith("HTTP/1.1 101 ");
      assertThat(wire.send("echo").read(4)).isEqualTo("echo");
      wire.shutdownOutput();
      assertThat(wire.rest()).isEqualTo("bye");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo", ""})
  void a_websocket_is_ended_as_a_client_would_when_the_router_ends(String sent) throws Exception {
    try (var wire = new Wire(admin.port())) {
      var hello = to("shop.localhost", "GET /ws", "Connection: Upgrade", "Upgrade: websocket");
      assertThat(wire.send(hello).head()).startsWith("HTTP/1.1 101 ");
      assertThat(wire.send(sent).read(sent.length())).isEqualTo(sent);
      var closed = CompletableFuture.runAsync(() -> admin.router().close());
      assertThat(wire.rest()).isEqualTo("bye");
      closed.get();
    }
  }

  @Test
  void a_long_answer_with_pauses_is_not_cut_when_the_router_ends() throws Exception {
    try (var wire = new Wire(admin.port())) {
      wire.send(to("shop.localhost", "GET /pauses")).head();
      assertThat(wire.read(1)).isEqualTo("0");
      var closed = CompletableFuture.runAsync(() -> admin.router().close());
      assertThat(wire.rest()).isEqualTo("123456789");
      closed.get();
    }
  }

  @Test
  void an_answer_without_an_end_is_not_waited_for_when_that_is_asked_for() throws Exception {
    try (var wire = new Wire(admin.port())) {
      wire.send(to("shop.localhost", "GET /never"));
      Stage.until("it is passed on", () -> !there.requests().isEmpty());
      var closed = CompletableFuture.runAsync(() -> admin.router().close());
      Stage.until("it waits", () -> admin.log().toString().contains("waits for answers"));
      admin.router().cut();
      closed.get();
      assertThat(wire.rest()).isEmpty();
    }
  }

  @Test
  void random_bytes_split_anywhere_arrive_as_they_were_in_both_directions() throws IOException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    byte[] body = new byte[300_000];
    random.nextBytes(body);
    String head = to("shop.localhost", "POST /", "Content-Length: " + body.length);
    byte[] begin = head.getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = java.util.Arrays.copyOf(begin, begin.length + body.length);
    System.arraycopy(body, 0, all, begin.length, body.length);
    for (int i = 0; i < 5; i++) {
      try (var wire = new Wire(admin.port())) {
        for (int at = 0; at < all.length; ) {
          int most = at < begin.length ? 20 : 50_000;
          int end = Math.min(all.length, at + 1 + random.nextInt(most));
          wire.send(java.util.Arrays.copyOfRange(all, at, end));
          at = end;
        }
        String response = wire.response();
        assertThat(response.substring(response.indexOf("\r\n\r\n") + 4))
            .as("seed %d", seed)
            .isEqualTo(Wire.text(body));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'GET / HTTP/1.1\nHost: shop.localhost\n\n'",
    "'\0\1\2\r\n\r\n'",
    "'PRI nothing\r\n\r\n'"
  })
  void what_is_no_request_is_refused_by_the_router_itself(String bytes) throws IOException {
    assertThat(Wire.once(admin.port(), bytes)).doesNotContain("200 OK", "shop");
    assertThat(there.requests()).isEmpty();
  }

  @Test
  void an_answer_that_is_under_way_when_the_router_ends_is_not_cut() throws Exception {
    try (var wire = new Wire(admin.port())) {
      wire.send(to("shop.localhost", "GET /slow")).head();
      assertThat(wire.read(5)).isEqualTo("begin");
      wire.send("");
      var closed = CompletableFuture.runAsync(() -> admin.router().close());
      goOn.countDown();
      assertThat(wire.read(4)).isEqualTo(" end");
      closed.get();
      assertThat(wire.rest()).isEmpty();
    }
  }

  @Test
  void an_app_that_has_ended_is_an_unknown_name() throws IOException {
    shop.close();
    try (var wire = new Wire(admin.port())) {
      assertThat(wire.send(to("shop.localhost", "GET /")).response()).startsWith("HTTP/1.1 404 ");
    }
  }
}
