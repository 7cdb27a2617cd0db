package jlocal.drains;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import jlocal.Await;
import jlocal.ansi.ByteScan;
import jlocal.app.LoggingApp;
import jlocal.formation.InstanceName;
import jlocal.logs.Source;
import jlocal.procfile.ProcessType;
import jlocal.tls.CertificateAuthority;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrainsTest {
  private static final Source WEB = new Source.App(new InstanceName(ProcessType.WEB, 1));

  @TempDir Path home;
  private final LoggingApp app = new LoggingApp();

  private DrainList list() {
    return new DrainList(home.resolve("drains/app"));
  }

  private Drains drains(SSLContext tls) {
    return new Drains(app.running(), () -> tls, Duration.ofMillis(20));
  }

  @AfterEach
  void end() {
    app.end();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void every_byte_is_delivered_however_lines_are_split(long seed) throws Exception {
    var random = new Random(seed);
    var wanted = new HashMap<String, StringBuilder>();
    try (var receiver =
        new SyslogReceiver(new ServerSocket(0, 9, InetAddress.getLoopbackAddress()))) {
      list().add(URI.create("syslog://localhost:" + receiver.port()));
      drains(SSLContext.getDefault()).apply(list(), true);
      for (int i = 0; i < 2_000; i++) {
        Source source = random.nextBoolean() ? Source.ROUTER : WEB;
        var bytes = new byte[random.nextInt(i % 100 == 0 ? 30_000 : 150)];
        random.nextBytes(bytes);
        for (int at = 0; at < bytes.length; at++) {
          if (bytes[at] == '\n' || bytes[at] == '\r') bytes[at] = ' ';
        }
        boolean ends = random.nextInt(3) > 0;
        String text = text(bytes) + (ends ? "\n" : "");
        if (!text.isEmpty()) say(source, text.getBytes(ISO_8859_1), ends);
        of(source, wanted).append(text);
      }
      for (Source source : List.of(Source.ROUTER, WEB)) {
        say(source, "end\n".getBytes(UTF_8), true);
        of(source, wanted).append("end\n");
      }
      receiver.until(2, "end\n");
      for (Source source : List.of(Source.ROUTER, WEB)) {
        var texts =
            receiver.messages().stream().filter(each -> each.contains(" " + source + " - - "));
        var got = new StringBuilder();
        texts.forEach(each -> got.append(each.split(" - - ", 2)[1].replaceAll("\n$", "")));
        assertThat(got.toString()).isEqualTo(of(source, wanted).toString().replace("\n", ""));
      }
      assertThat(receiver.messages()).allMatch(each -> each.length() < 10_200);
    }
  }

  private static StringBuilder of(Source source, Map<String, StringBuilder> all) {
    return all.computeIfAbsent("" + source, _ -> new StringBuilder());
  }

  @Test
  void a_receiver_that_starts_late_or_restarts_gets_all_lines_in_order() throws Exception {
    int port = freePort();
    list().add(URI.create("syslog://localhost:" + port));
    say("before the start");
    drains(SSLContext.getDefault()).apply(list(), true);
    Await.until("said", () -> !app.said.isEmpty(), app.said::toString);
    assertThat(app.said.getFirst())
        .startsWith("drain syslog://localhost:" + port + " (d.")
        .contains("cannot be reached");
    say("while nobody listens");
    try (var receiver = new SyslogReceiver(listen(port))) {
      receiver.until(1, "while nobody listens");
      assertThat(receiver.messages()).hasSize(2);
      assertThat(app.said.getLast()).contains("accepts the log again");
    }
    try (var receiver = new SyslogReceiver(listen(port))) {
      say("to another");
      receiver.until(1, "to another");
    }
  }

  @Test
  void tls_is_used_and_the_certificate_verified() throws Exception {
    var authority = CertificateAuthority.in(home.resolve("ca"), "laptop");
    var server = authority.serverContext().getServerSocketFactory();
    try (var receiver =
        new SyslogReceiver(server.createServerSocket(0, 9, InetAddress.getLoopbackAddress()))) {
      list().add(URI.create("syslog+tls://localhost:" + receiver.port()));
      drains(trusting(authority)).apply(list(), false);
      say("secret");
      receiver.until(1, " app web.1 - - secret");
      app.end();
      drains(SSLContext.getDefault()).apply(list(), false);
      say("more");
      Await.until("refused", () -> app.said.toString().contains("certif"), app.said::toString);
      assertThat(receiver.messages()).hasSize(1);
    }
  }

  @Test
  void a_datagram_has_one_message() throws Exception {
    try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      list().add(URI.create("syslog+udp://127.0.0.1:" + socket.getLocalPort()));
      drains(SSLContext.getDefault()).apply(list(), false);
      say("one");
      say("two");
      socket.setSoTimeout((int) Await.LIMIT.toMillis());
      for (String text : List.of("one", "two")) {
        var packet = new DatagramPacket(new byte[999], 999);
        socket.receive(packet);
        assertThat(new String(packet.getData(), 0, packet.getLength(), UTF_8))
            .startsWith("<190>1 ")
            .endsWith(" app web.1 - - " + text + "\n");
      }
    }
  }

  @Test
  void https_gets_batches_like_logplexs_and_refused_ones_again() throws Exception {
    var authority = CertificateAuthority.in(home.resolve("ca"), "laptop");
    var bodies = new CopyOnWriteArrayList<String>();
    var heads = new CopyOnWriteArrayList<Headers>();
    HttpsServer server = server(authority, bodies, heads);
    try {
      say("one");
      say("two");
      var added =
          list()
              .add(
                  URI.create(
                      "https://me:p%40ss@localhost:" + server.getAddress().getPort() + "/in?t=k"));
      drains(trusting(authority)).apply(list(), true);
      Await.until("a third", () -> heads.size() >= 3, bodies::toString);

      String time = "[0-9T:.+-]+";
      assertThat(bodies.get(2))
          .isEqualTo(bodies.get(0))
          .matches(
              "61 <190>1 "
                  + time
                  + " host app web.1 - one\n61 <190>1 "
                  + time
                  + " host app web.1 - two\n");
      Headers head = heads.get(2);
      assertThat(head.getFirst("Content-Type")).isEqualTo("application/logplex-1");
      assertThat(head.getFirst("Logplex-Msg-Count")).isEqualTo("2");
      assertThat(head.getFirst("Logplex-Frame-Id")).matches("[0-9A-F]{32}");
      assertThat(head.getFirst("Logplex-Drain-Token")).isEqualTo(requireNonNull(added).token());
      assertThat(head.getFirst("Authorization")).isEqualTo("Basic bWU6cEBzcw==");
      assertThat(app.said.toString())
          .contains("it answers 503")
          .doesNotContain("me:", "p%40ss", "t=k");
    } finally {
      server.stop(0);
    }
  }

  private static HttpsServer server(
      CertificateAuthority authority, List<String> bodies, List<Headers> heads) throws IOException {
    var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 9);
    server.setHttpsConfigurator(new HttpsConfigurator(authority.serverContext()));
    server.createContext(
        "/in",
        exchange -> {
          bodies.add(text(exchange.getRequestBody().readAllBytes()));
          heads.add(exchange.getRequestHeaders());
          exchange.sendResponseHeaders(bodies.size() <= 2 ? 503 : 204, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  @Test
  void dropped_messages_are_counted_and_reported_in_both_logs() throws Exception {
    int port = freePort();
    list().add(URI.create("syslog://localhost:" + port));
    drains(SSLContext.getDefault()).apply(list(), true);
    String block = ("x".repeat(99) + "\n").repeat(1_000);
    for (int i = 0; i < 50; i++) say(WEB, block.getBytes(UTF_8), true);
    say(Source.ROUTER, "at=info\n".getBytes(UTF_8), true);
    try (var receiver = new SyslogReceiver(listen(port))) {
      receiver.until(1, "at=info");
      Await.until(
          "L10",
          () -> app.said.stream().anyMatch(line -> line.startsWith("logplex: ")),
          app.said::toString);
      List<String> all = receiver.messages();
      String loss = all.stream().filter(each -> each.startsWith("<172>")).findFirst().orElseThrow();
      assertThat(loss).contains(" heroku logplex - - Error L10 (output buffer overflow): ");
      int lost =
          Integer.parseInt(loss.replaceAll("(?s).*: ([0-9]+) messages dropped since .*", "$1"));
      long got = all.stream().filter(each -> each.contains(" app ")).count();
      assertThat(got + lost).isEqualTo(50_000);
      assertThat(app.said.stream().filter(line -> line.startsWith("logplex: ")))
          .first()
          .asString()
          .contains("Error L10 (output buffer overflow): " + lost + " messages dropped since 20");
    }
  }

  @Test
  void a_blocked_drain_does_not_delay_the_app() throws Exception {
    try (var deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      list().add(URI.create("syslog://localhost:" + deaf.getLocalPort()));
      drains(SSLContext.getDefault()).apply(list(), true);
      String block = ("x".repeat(99) + "\n").repeat(1_000);
      for (int i = 0; i < 300; i++) say(WEB, block.getBytes(UTF_8), true);
      long began = System.nanoTime();
      app.end();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private void say(String line) {
    say(WEB, (line + "\n").getBytes(UTF_8), true);
  }

  private void say(Source source, byte[] bytes, boolean ends) {
    var text = ByteScan.buffer(bytes.length).put(bytes).flip();
    if (ends) app.log.lines(source, text);
    else app.log.partial(source, text);
  }

  private static int freePort() {
    var random = new Random();
    while (true) {
      int port = 28_000 + random.nextInt(4_000);
      try (var socket = listen(port)) {
        return socket.getLocalPort();
      } catch (IOException _) {
        // It is taken.
      }
    }
  }

  private static ServerSocket listen(int port) throws IOException {
    var socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  private static SSLContext trusting(CertificateAuthority authority) throws Exception {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("ca", authority.certificate());
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
