package jlocal.router;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import jlocal.tls.CertificateAuthority;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS clients of another app's hosts are passed on to its router. */
class ConnectionForwarderTlsTest {
  @TempDir Path folder;
  private Stage shop;
  private Stage admin;

  @BeforeEach
  void open() throws IOException {
    shop = Stage.with(App.saying("shop"));
    shop.router().serveNames("shop", ConnectionForwarderTest.others(0), () -> {});
    admin = Stage.with(App.saying("admin"));
    admin.router().serveNames("admin", ConnectionForwarderTest.others(shop.port()), () -> {});
  }

  @AfterEach
  void close() throws IOException {
    admin.close();
    shop.close();
  }

  @ParameterizedTest
  @CsvSource({
    "shop.localhost, shop",
    "web.1.SHOP.localhost, shop",
    "admin.localhost, admin",
    "web.localhost, admin",
    "nope.localhost, admin"
  })
  void the_name_that_a_client_of_TLS_wants_chooses_the_app_and_is_in_its_certificate(
      String host, String app) throws Exception {
    var authority = CertificateAuthority.in(folder.resolve("ca"), "laptop");
    int _ = shop.router().openHttps(0, authority.serverContext());
    int port = admin.router().openHttps(0, authority.serverContext());
    var plain = new Socket(InetAddress.getLoopbackAddress(), port);
    var factory = SecureTest.trusting(authority).getSocketFactory();
    try (var tls = (SSLSocket) factory.createSocket(plain, host, port, true)) {
      SSLParameters checked = tls.getSSLParameters();
      checked.setEndpointIdentificationAlgorithm("HTTPS");
      tls.setSSLParameters(checked);
      tls.getOutputStream()
          .write(ConnectionForwarderTest.to(host, "GET /", "Connection: close").getBytes(UTF_8));
      String response = Wire.text(tls.getInputStream().readAllBytes());
      if (host.startsWith("nope")) assertThat(response).startsWith("HTTP/1.1 404 ");
      else assertThat(response).endsWith("\r\n\r\n" + app);
    }
  }
}
