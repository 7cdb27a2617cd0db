package jlocal.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The reports to an observer of the router. */
class ObserverTest {
  private final List<HandledRequest> seen = new CopyOnWriteArrayList<>();

  private HandledRequest last(int count) {
    Stage.until(count + " are told of", () -> seen.size() >= count);
    return seen.get(count - 1);
  }

  @Test
  void each_request_is_reported_with_its_response_and_times() throws IOException {
    try (var app = App.saying("hello");
        var stage = Stage.with(app)) {
      stage.get("/unseen");
      Stage.until("it is kept", () -> !stage.router().recent().all().isEmpty());
      stage.router().observe(seen::add);
      stage.get("/path?q=1", "Authorization: Bearer x");
      HandledRequest told = last(1);
      assertThat(told.method() + " " + told.host() + told.path())
          .isEqualTo("GET localhost/path?q=1");
      assertThat(told.status()).isEqualTo(200);
      assertThat(told.bytes()).isEqualTo(5);
      assertThat(told.instance()).isEqualTo("web.1");
      assertThat(told.code()).isEmpty();
      assertThat(told.fields().getFirst("Authorization")).isEqualTo("Bearer x");
      assertThat(told.answered().getFirst("Content-Length")).isEqualTo("5");
      assertThat(told.service()).isPositive();
      assertThat(told.sent()).isNull();
      assertThat(stage.router().recent().all())
          .extracting(HandledRequest::path)
          .containsExactly("/unseen", "/path?q=1");

      stage.set(1, app.port(), BackendState.CRASHED);
      stage.get("/crashed");
      assertThat(last(2).code() + " " + last(2).status()).isEqualTo("H10 503");
      Wire.once(stage.port(), "GET / HTTP/1.1\nHost: localhost\n\n");
      assertThat(last(3).code() + " " + last(3).status()).isEqualTo("H26 400");
      assertThat(seen.stream().map(HandledRequest::number).distinct()).hasSize(3);
    }
  }

  @Test
  void a_WebSocket_is_told_of_when_it_opens_and_when_it_ends() throws IOException {
    String agreed =
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
    try (var app =
            App.that(call -> {
              call.say(agreed + "12345");
              call.in().transferTo(call.out());
              call.socket().close();
            });
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      stage.router().observe(seen::add);
      wire.send(Wire.get("/ws", "Connection: Upgrade", "Upgrade: websocket")).head();
      assertThat(last(1).isOpen()).isTrue();
      assertThat(wire.read(5)).isEqualTo("12345");
      wire.shutdownOutput();
      HandledRequest end = last(2);
      assertThat(end.isOpen()).isFalse();
      assertThat(end.number()).isEqualTo(last(1).number());
      assertThat(end.bytes()).isEqualTo(5);
    }
  }

  @Test
  void the_beginning_of_bodies_is_kept_as_it_was_sent() throws IOException {
    long seed = Long.getLong("seed", System.nanoTime());
    var random = new Random(seed);
    try (var app =
            App.that(call -> {
              byte[] body = body(call);
              call.say("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n");
              call.out().write(body);
            });
        var stage = Stage.with(app)) {
      stage.router().observe(seen::add);
      stage.router().keepBodies();
      for (int i = 0; i < 40; i++) {
        byte[] body = new byte[i % 4 == 0 ? random.nextInt(150_000) : random.nextInt(300)];
        random.nextBytes(body);
        try (var wire = new Wire(stage.port())) {
          send(wire, body, i % 2 == 0, random);
          wire.rest();
        }
        HandledRequest told = last(i + 1);
        byte[] first = Arrays.copyOf(body, Math.min(body.length, RecordedBody.MOST));
        String what = "seed " + seed + ", request " + i;
        for (var each : Arrays.asList(told.sent(), told.received())) {
          RecordedBody kept = Objects.requireNonNull(each, what);
          assertThat(kept.bytes()).as(what).isEqualTo(first);
          assertThat(kept.length()).as(what).isEqualTo(body.length);
        }
      }
    }
  }

  private static void send(Wire wire, byte[] body, boolean chunked, Random random)
      throws IOException {
    String head = "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    if (!chunked) {
      wire.send(head + "Content-Length: " + body.length + "\r\n\r\n").send(body);
      return;
    }
    wire.send(head + "Transfer-Encoding: chunked\r\n\r\n");
    for (int at = 0; at < body.length; ) {
      int size = Math.min(body.length - at, 1 + random.nextInt(60_000));
      wire.send(Integer.toHexString(size) + "\r\n").send(Arrays.copyOfRange(body, at, at + size));
      wire.send("\r\n");
      at += size;
    }
    wire.send("0\r\n\r\n");
  }

  private static byte[] body(App.Call call) throws IOException {
    var in = new DataInputStream(call.in());
    if (call.sent().values("Transfer-Encoding").isEmpty()) {
      return in.readNBytes(Integer.parseInt(call.sent().value("Content-Length")));
    }
    byte[] all = {};
    while (true) {
      int size = Integer.parseInt(line(in), 16);
      byte[] chunk = in.readNBytes(size);
      line(in);
      if (size == 0) return all;
      int before = all.length;
      all = Arrays.copyOf(all, before + size);
      System.arraycopy(chunk, 0, all, before, size);
    }
  }

  private static String line(DataInputStream in) throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next != '\n' && next >= 0; next = in.read())
      line.append((char) next);
    return line.toString().strip();
  }
}
