package jlocal.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import jlocal.tls.CertificateAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The router changes no bytes: random bytes of every size, split anywhere, in both directions. A
 * failure names its seed, which {@code -Dseed=…} repeats.
 */
class ByteExactTest {
  private static final int CONNECTIONS = 60;
  private static final int LARGEST = 150_000;

  /** Bytes that an HTTP parser could interpret. */
  private static final byte[] HTTP_LIKE =
      "\r\n\r\n \t:aGET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final String UPGRADE =
      Wire.get("/", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: x");
  private static final String SWITCHING =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

  @TempDir Path directory;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);

  private byte[] bytes() {
    int size = random.nextInt(4) == 0 ? random.nextInt(LARGEST) : random.nextInt(40);
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    if (random.nextBoolean()) {
      for (int i = 0; i < size; i++) {
        bytes[i] = HTTP_LIKE[Math.floorMod(bytes[i], HTTP_LIKE.length)];
      }
    }
    return bytes;
  }

  /** Writes bytes in pieces on a thread of its own, so that neither side waits for the other. */
  private CompletableFuture<Void> send(Wire wire, byte[] bytes) {
    var sizes = new Random(random.nextLong());
    int largest = 1 + sizes.nextInt(bytes.length + 1);
    return CompletableFuture.runAsync(
        () -> {
          for (int at = 0; at < bytes.length; ) {
            int size = Math.min(bytes.length - at, 1 + sizes.nextInt(largest));
            byte[] piece = Arrays.copyOfRange(bytes, at, at + size);
            try {
              wire.send(piece);
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
            at += size;
          }
        },
        Executors.newVirtualThreadPerTaskExecutor());
  }

  private static byte[] joined(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) all.writeBytes(part);
    return all.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void an_upgraded_connection_carries_every_byte_both_ways(boolean tls) throws Exception {
    var authority = CertificateAuthority.in(directory, "laptop");
    var trusting = SecureTest.trusting(authority);
    try (var app = App.that(ByteExactTest::upgradeAndEcho);
        var stage = Stage.with(app)) {
      int secure = stage.router().openHttps(0, authority.serverContext());
      for (int i = 0; i < CONNECTIONS; i++) {
        try (var wire = tls ? Wire.overTls(trusting, secure, "http/1.1") : new Wire(stage.port())) {
          byte[] sent = bytes();
          // Sometimes the first bytes come with the request, before the app has agreed.
          int early = random.nextBoolean() ? random.nextInt(sent.length + 1) : 0;
          byte[] first = Arrays.copyOf(sent, early);
          var sending = send(wire, joined(ascii(UPGRADE), first));
          assertThat(wire.head()).startsWith("HTTP/1.1 101 ");
          sending.join();
          sending = send(wire, Arrays.copyOfRange(sent, early, sent.length));
          assertThat(wire.in().readNBytes(sent.length)).as("seed %d", seed).isEqualTo(sent);
          sending.join();
        }
      }
    }
  }

  private static void upgradeAndEcho(App.Call call) throws IOException {
    call.say(SWITCHING);
    call.in().transferTo(call.out());
    call.socket().close();
  }

  @Test
  void a_late_upgrade_after_other_requests_carries_every_byte() throws Exception {
    try (var app =
            App.that(call -> {
              if (!call.sent().values("Upgrade").isEmpty()) upgradeAndEcho(call);
              else call.ok(call.body());
            });
        var stage = Stage.with(app)) {
      for (int i = 0; i < CONNECTIONS; i++) {
        try (var wire = new Wire(stage.port())) {
          byte[] body = bytes();
          byte[] sent = bytes();
          String post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length + "\r\n\r\n";
          var sending = send(wire, joined(ascii(post), body, ascii(UPGRADE), sent));
          assertThat(wire.head()).startsWith("HTTP/1.1 200 ");
          assertThat(wire.in().readNBytes(body.length)).as("seed %d", seed).isEqualTo(body);
          assertThat(wire.head()).startsWith("HTTP/1.1 101 ");
          assertThat(wire.in().readNBytes(sent.length)).as("seed %d", seed).isEqualTo(sent);
          sending.join();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void pipelined_requests_and_their_bodies_are_not_changed(boolean tls) throws Exception {
    var authority = CertificateAuthority.in(directory, "laptop");
    var trusting = SecureTest.trusting(authority);
    try (var app = App.that(ByteExactTest::echo);
        var stage = Stage.with(app)) {
      int secure = stage.router().openHttps(0, authority.serverContext());
      for (int i = 0; i < CONNECTIONS / 2; i++) {
        try (var wire = tls ? Wire.overTls(trusting, secure, "http/1.1") : new Wire(stage.port())) {
          List<byte[]> bodies = new ArrayList<>();
          var all = new ByteArrayOutputStream();
          int count = 1 + random.nextInt(5);
          for (int n = 0; n < count; n++) {
            byte[] body = bytes();
            bodies.add(body);
            all.writeBytes(request(n, body));
          }
          var sending = send(wire, all.toByteArray());
          for (byte[] body : bodies) {
            var head = new Sent(wire.head());
            assertThat(head.line()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(content(head, wire.in())).as("seed %d", seed).isEqualTo(body);
          }
          sending.join();
        }
      }
    }
  }

  /** Has a length or chunks, alternately. */
  private byte[] request(int number, byte[] body) {
    String line = "POST /" + number + " HTTP/1.1\r\nHost: a\r\n";
    if (random.nextBoolean()) {
      return joined(ascii(line + "Content-Length: " + body.length + "\r\n\r\n"), body);
    }
    var chunks = new ByteArrayOutputStream();
    chunks.writeBytes(ascii(line + "Transfer-Encoding: chunked\r\n\r\n"));
    for (int at = 0; at < body.length; ) {
      int size = Math.min(body.length - at, 1 + random.nextInt(body.length));
      chunks.writeBytes(ascii(Integer.toHexString(size) + "\r\n"));
      chunks.write(body, at, size);
      chunks.writeBytes(ascii("\r\n"));
      at += size;
    }
    chunks.writeBytes(ascii("0\r\n\r\n"));
    return chunks.toByteArray();
  }

  private static byte[] content(Sent head, InputStream in) throws IOException {
    if (!head.values("Content-Length").isEmpty()) {
      return in.readNBytes(Integer.parseInt(head.value("Content-Length")));
    }
    assertThat(head.values("Transfer-Encoding")).containsExactly("chunked");
    var content = new ByteArrayOutputStream();
    while (true) {
      String line = Wire.line(in);
      int size = Integer.parseInt(line, 16);
      content.writeBytes(in.readNBytes(size));
      assertThat(Wire.line(in)).isEmpty();
      if (size == 0) return content.toByteArray();
    }
  }

  /** Sends every other response in chunks. */
  private static void echo(App.Call call) throws IOException {
    byte[] body = content(call.sent(), call.in());
    boolean chunked = call.sent().target().length() % 2 == 0 && body.length > 0;
    if (chunked) {
      call.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      call.say(Integer.toHexString(body.length) + "\r\n");
      call.out().write(body);
      call.say("\r\n0\r\n\r\n");
    } else {
      call.say("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n");
      call.out().write(body);
    }
    call.out().flush();
  }

  @Test
  void a_fields_value_is_not_changed() throws IOException {
    String value = "a  b\t\tc  \"d  e\"; \u00e9 x=  1";
    try (var app =
            App.that(call ->
                call.say(
                    "HTTP/1.1 200 OK\r\nX-Answer: " + value + "\r\nContent-Length: 0\r\n\r\n"));
        var stage = Stage.with(app);
        var wire = new Wire(stage.port())) {
      wire.send(Wire.get("/", "X-Asked:   " + value, "Cookie: a=1", "Cookie: b=2;  c=3"));
      assertThat(wire.head()).contains("\r\nX-Answer: " + value + "\r\n");
      Sent sent = app.requests().getFirst();
      assertThat(sent.head()).contains("\r\nX-Asked: " + value + "\r\n");
      assertThat(sent.values("Cookie")).containsExactly("a=1", "b=2;  c=3");
    }
  }
}
