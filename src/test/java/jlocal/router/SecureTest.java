package jlocal.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import jlocal.tls.CertificateAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTPS with a certificate of our own, for clients of HTTP/1.1 and HTTP/2. */
class SecureTest {
  @TempDir Path directory;

  private static HttpClient trusting(CertificateAuthority authority, HttpClient.Version version)
      throws Exception {
    return HttpClient.newBuilder().sslContext(trusting(authority)).version(version).build();
  }

  /** Returns the context for clients that trust an authority. */
  static SSLContext trusting(CertificateAuthority authority) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", authority.certificate());
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private static HttpRequest.Builder to(int port, String path) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + port + path));
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void requests_with_and_without_a_body_pass(HttpClient.Version version) throws Exception {
    var authority = CertificateAuthority.in(directory, "laptop");
    try (var app =
            App.that(call -> call.ok(call.sent().line().startsWith("POST") ? call.body() : "ok"));
        var stage = Stage.with(app);
        var client = trusting(authority, version)) {
      int port = stage.router().openHttps(0, authority.serverContext());
      var text = HttpResponse.BodyHandlers.ofString();
      for (int i = 0; i < 3; i++) {
        var got = client.send(to(port, "/a%2Fb?c=d").build(), text);
        assertThat(got.version()).isEqualTo(version);
        assertThat(got.body()).isEqualTo("ok");
      }
      String large = "x".repeat(500_000);
      var post = to(port, "/").POST(HttpRequest.BodyPublishers.ofString(large)).build();
      assertThat(client.send(post, text).body()).isEqualTo(large);
      Sent sent = app.requests().getFirst();
      assertThat(sent.line()).isEqualTo("GET /a%2Fb?c=d HTTP/1.1");
      assertThat(sent.values("X-Forwarded-Proto")).containsExactly("https");
      assertThat(sent.values("X-Forwarded-Port")).containsExactly("" + port);
      assertThat(sent.values("Host")).containsExactly("localhost:" + port);
      assertThat(sent.head()).doesNotContain("\r\n:");
    }
  }

  @Test
  void events_are_flushed_one_by_one_over_http_2() throws Exception {
    var next = new SynchronousQueue<String>();
    var authority = CertificateAuthority.in(directory, "laptop");
    try (var app = App.that(call -> tell(call, next));
        var stage = Stage.with(app);
        var client = trusting(authority, HttpClient.Version.HTTP_2)) {
      int port = stage.router().openHttps(0, authority.serverContext());
      var got = client.send(to(port, "/").build(), HttpResponse.BodyHandlers.ofInputStream());
      assertThat(got.version()).isEqualTo(HttpClient.Version.HTTP_2);
      try (var body = got.body()) {
        for (String word : List.of("a", "b", "c")) {
          assertThat(next.offer(word, 10, TimeUnit.SECONDS)).isTrue();
          assertThat(Wire.text(body.readNBytes(1))).isEqualTo(word);
        }
      }
    }
  }

  private static void tell(App.Call call, SynchronousQueue<String> words) throws IOException {
    call.say("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
    try {
      for (int i = 0; i < 3; i++) call.say(words.take());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void an_app_that_exits_in_mid_response_ends_that_stream_and_no_other() throws Exception {
    var authority = CertificateAuthority.in(directory, "laptop");
    try (var app =
            App.that(call -> {
              if (call.sent().target().equals("/ok")) {
                call.ok("ok");
                return;
              }
              call.say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
              call.socket().close();
            });
        var stage = Stage.with(app);
        var client = trusting(authority, HttpClient.Version.HTTP_2)) {
      int port = stage.router().openHttps(0, authority.serverContext());
      var text = HttpResponse.BodyHandlers.ofString();
      assertThat(client.sendAsync(to(port, "/dies").build(), text))
          .failsWithin(10, TimeUnit.SECONDS);
      assertThat(client.send(to(port, "/ok").build(), text).body()).isEqualTo("ok");
    }
  }

  @Test
  void the_first_request_over_tls_is_checked_as_strictly() throws Exception {
    var authority = CertificateAuthority.in(directory, "laptop");
    try (var app = App.saying("reached");
        var stage = Stage.with(app);
        var client = trusting(authority, HttpClient.Version.HTTP_1_1)) {
      int port = stage.router().openHttps(0, authority.serverContext());
      var sockets = client.sslContext().getSocketFactory();
      try (var socket = (SSLSocket) sockets.createSocket("localhost", port)) {
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        socket.setSSLParameters(parameters);
        String request = "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        assertThat(Wire.text(socket.getInputStream().readNBytes(12))).isEqualTo("HTTP/1.1 400");
      }
      assertThat(app.requests()).isEmpty();
      assertThat(stage.log()).allMatch(line -> line.contains("status=400"));
    }
  }

  @Test
  void the_machines_name_is_that_of_when_the_authority_was_generated() throws Exception {
    CertificateAuthority.in(directory.resolve("ca"), "laptop");
    var later = CertificateAuthority.in(directory.resolve("ca"), "renamed");
    assertThat(later.name()).isEqualTo("jlocal on laptop");
    try (var app = App.saying("ok");
        var stage = Stage.with(app);
        var client = trusting(later, HttpClient.Version.HTTP_1_1)) {
      int port = stage.router().openHttps(0, later.serverContext());
      var text = HttpResponse.BodyHandlers.ofString();
      assertThat(client.send(to(port, "/").build(), text).body()).isEqualTo("ok");
    }
  }

  @Test
  void others_can_neither_read_nor_replace_its_folder() throws Exception {
    Path data = directory.resolve("share/jlocal");
    CertificateAuthority.in(data.resolve("ca"), "laptop");
    for (Path made : List.of(directory.resolve("share"), data, data.resolve("ca"))) {
      assertThat(mode(made)).as("%s", made).isEqualTo("rwx------");
    }
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
    CertificateAuthority.in(data.resolve("ca"), "laptop");
    assertThat(mode(data)).isEqualTo("rwxr-xr-x");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"})
  void a_damaged_authority_is_named_with_what_to_do(String key) throws IOException {
    Path folder = directory.resolve("ca");
    CertificateAuthority.in(folder, "laptop");
    Files.writeString(folder.resolve("ca.key"), key);

    assertThatIOException()
        .isThrownBy(() -> CertificateAuthority.in(folder, "laptop"))
        .withMessage(
            folder + " contains no usable certificate authority: delete it to create a new one");
  }

  @Test
  void an_authority_without_its_key_is_not_replaced() throws IOException {
    Path folder = directory.resolve("ca");
    CertificateAuthority.in(folder, "laptop");
    Files.delete(folder.resolve("ca.key"));

    assertThatIOException()
        .isThrownBy(() -> CertificateAuthority.in(folder, "laptop"))
        .withMessageContaining("delete it to create a new one");
    assertThat(folder.resolve("ca.crt")).exists();
  }

  @Test
  void a_data_folder_that_is_a_file_is_named() throws IOException {
    Path data = Files.createFile(directory.resolve("data"));

    assertThatIOException()
        .isThrownBy(() -> CertificateAuthority.in(data.resolve("jlocal/ca"), "laptop"))
        .withMessageMatching("cannot use the certificate authority in .*: .+");
  }

  @Test
  void the_authority_is_made_once_and_its_key_is_its_owners() throws IOException {
    var first = CertificateAuthority.in(directory.resolve("ca"), "laptop");
    var second = CertificateAuthority.in(directory.resolve("ca"), "laptop");
    assertThat(second.certificate()).isEqualTo(first.certificate());
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("ca/ca.key"))))
        .isEqualTo("rw-------");
    assertThat(first.certificate().getBasicConstraints()).isZero();
  }
}
