package jlocal.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import jlocal.tls.CertificateAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTP/2 between client and router, HTTP/1.1 between router and app. */
class Http2Test {
  @TempDir Path directory;

  private Http2Wire connect(Stage stage, boolean tls) throws Exception {
    if (!tls) return new Http2Wire(new Wire(stage.port()));
    var authority = CertificateAuthority.in(directory, "laptop");
    int port = stage.router().openHttps(0, authority.serverContext());
    return new Http2Wire(Wire.overTls(SecureTest.trusting(authority), port, "h2"));
  }

  /** The body as long as its length says, or in chunks. */
  private static void echo(App.Call call) throws IOException {
    call.ok(call.sent().values("Content-Length").isEmpty() ? "none" : call.body());
  }

  /** A request of another client must not become the body of this one. */
  @ParameterizedTest
  @CsvSource({
    "true,  60, ''",
    "false, 60, ''",
    "true,  60, short",
    "false, 60, short",
    "true,  5,  more than five",
    "false, 5,  more than five"
  })
  void a_body_of_another_length_than_announced_is_refused(boolean tls, int length, String body)
      throws Exception {
    try (var app = App.that(Http2Test::echo);
        var stage = Stage.with(app);
        var http2 = connect(stage, tls);
        var other = new Wire(stage.port())) {
      // A connection to the app that could be used again.
      assertThat(other.send(Wire.get("/before")).response()).endsWith("none");
      http2.request(1, body.isEmpty(), "POST", "/lie", "content-length", "" + length);
      if (!body.isEmpty()) http2.data(1, true, body);
      Http2Wire.Frame answer = http2.next();
      assertThat(answer.stream()).isEqualTo(1);
      if (answer.type() == Http2Wire.HEADERS) assertThat(answer.status()).isEqualTo("400");
      else assertThat(answer.type()).isEqualTo(Http2Wire.RST_STREAM);

      for (int i = 0; i < 3; i++) {
        String secret =
            "POST /secret HTTP/1.1\r\nHost: a\r\nCookie: s\r\nContent-Length: 6\r\n\r\n";
        assertThat(other.send(secret + "secret").response()).endsWith("secret");
        long secrets = app.requests().stream().filter(r -> r.target().equals("/secret")).count();
        assertThat(secrets).isEqualTo(i + 1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"true, 5, hello", "true, 0, ''", "false, 5, hello", "false, 0, ''"})
  void a_body_of_the_length_announced_passes(boolean tls, int length, String body)
      throws Exception {
    try (var app = App.that(Http2Test::echo);
        var stage = Stage.with(app);
        var http2 = connect(stage, tls)) {
      for (int stream = 1; stream < 7; stream += 2) {
        http2.request(stream, body.isEmpty(), "POST", "/", "content-length", "" + length);
        if (!body.isEmpty()) http2.data(stream, true, body);
        assertThat(http2.next().status()).isEqualTo("200");
        if (!body.isEmpty()) assertThat(Wire.text(http2.next().payload())).isEqualTo(body);
      }
      assertThat(app.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void informational_answers_come_before_the_answer(boolean tls) throws Exception {
    try (var app =
            App.that(call -> {
              call.say("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\nContent-Length: 9\r\n\r\n");
              call.say("HTTP/1.1 103 Early Hints\r\nLink: </b.js>\r\n\r\n");
              call.ok("page");
            });
        var stage = Stage.with(app);
        var http2 = connect(stage, tls)) {
      for (int stream = 1; stream < 7; stream += 2) {
        http2.request(stream, true, "GET", "/");
        for (String link : List.of("</a.css>", "</b.js>")) {
          Http2Wire.Frame hint = http2.next();
          assertThat(hint.status()).isEqualTo("103");
          assertThat(hint.fields().getFirst("link")).isEqualTo(link);
          assertThat(hint.fields().contains("content-length")).isFalse();
          assertThat(hint.endsStream()).isFalse();
        }
        assertThat(http2.next().status()).isEqualTo("200");
        Http2Wire.Frame body = http2.next();
        assertThat(Wire.text(body.payload())).isEqualTo("page");
        assertThat(body.endsStream()).isTrue();
      }
    }
  }

  @Test
  void continue_is_between_client_and_app() throws Exception {
    try (var app =
            App.that(call -> {
              call.say("HTTP/1.1 100 Continue\r\n\r\n");
              call.ok(call.body());
            });
        var stage = Stage.with(app);
        var http2 = connect(stage, true)) {
      http2.request(1, false, "POST", "/", "expect", "100-continue", "content-length", "5");
      assertThat(http2.next().status()).isEqualTo("100");
      http2.data(1, true, "hello");
      assertThat(http2.next().status()).isEqualTo("200");
      assertThat(Wire.text(http2.next().payload())).isEqualTo("hello");
    }
  }

  /** Each stream needs its own connection to the app. */
  @Test
  void a_flood_of_streams_waits_for_the_connections_that_there_may_be() throws Exception {
    int most = 8;
    var allAtOnce = new CyclicBarrier(most);
    var now = new AtomicInteger();
    var peak = new AtomicInteger();
    var config = RouterConfig.on(List.of("127.0.0.1"), 0).withLimits(100, most);
    try (var app =
            App.that(call -> {
              peak.accumulateAndGet(now.incrementAndGet(), Math::max);
              await(allAtOnce);
              now.decrementAndGet();
              call.ok("ok");
            });
        var stage = Stage.with(config).add(app);
        var http2 = connect(stage, false)) {
      for (int i = 0; i < 5 * most; i++) http2.request(2 * i + 1, true, "GET", "/");
      int answered = 0;
      while (answered < 5 * most) {
        Http2Wire.Frame frame = http2.next();
        if (frame.type() != Http2Wire.HEADERS) continue;
        assertThat(frame.status()).isEqualTo("200");
        answered++;
      }
      assertThat(peak).hasValue(most);
    }
  }

  private static void await(CyclicBarrier barrier) throws IOException {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IOException(e);
    }
  }
}
