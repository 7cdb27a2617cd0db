package jlocal.addons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import jlocal.problem.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddOnServiceTest {
  private static AddOn addOn(String service, int port) throws UserError {
    var engine = new InstalledServer(Path.of("/opt/bin"), "server", "16.2", "");
    return new AddOn("it", AddOnService.named(service), "", "IT", "", port, "secret", engine);
  }

  @ParameterizedTest
  @CsvSource({
    "postgres, R, true",
    "postgres, E, false",
    "redis, -NOAUTH Authentication required., true",
    "redis, -LOADING Redis is loading the dataset in memory, false",
    "memcached, VERSION 1.6.18, true",
  })
  void a_server_is_asked_whether_it_is_ready(String service, String answer, boolean isReady)
      throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      Thread.ofPlatform().daemon().start(() -> answer(server, answer));
      assertThat(addOn(service, server.getLocalPort()).answers()).isEqualTo(isReady);
    }
  }

  @Test
  void a_mysql_server_speaks_first() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      Thread.ofPlatform().daemon().start(() -> greet(server));
      assertThat(addOn("mysql", server.getLocalPort()).answers()).isTrue();
    }
  }

  private static void greet(ServerSocket server) {
    try (var socket = server.accept()) {
      socket
          .getOutputStream()
          .write("Z\0\0\0\n10.11.19-MariaDB\0".getBytes(StandardCharsets.US_ASCII));
      var _ = socket.getInputStream().readAllBytes();
    } catch (IOException _) {
      // The test has what it wanted.
    }
  }

  private static void answer(ServerSocket server, String text) {
    try (var socket = server.accept()) {
      var _ = socket.getInputStream().read();
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      var _ = socket.getInputStream().readAllBytes();
    } catch (IOException _) {
      // The test has what it wanted.
    }
  }

  @Test
  void no_name_is_that_of_two_services() {
    var names = new HashSet<String>();
    for (AddOnService service : AddOnService.ALL) {
      assertThat(service.names()).allMatch(names::add);
    }
  }

  @Test
  void a_mistyped_service_is_answered_with_the_nearest() {
    assertThatThrownBy(() -> AddOnService.named("postgrse")).hasMessageContaining("'postgres'");
  }

  @Test
  void postgres_reads_the_data_of_its_major_version_only() throws UserError {
    assertThat(AddOnService.named("postgres").reads("15.3", "15.18")).isTrue();
    assertThat(AddOnService.named("postgres").reads("15.3", "16.1")).isFalse();
    assertThat(AddOnService.named("redis").reads("6.2.6", "7.0.15")).isTrue();
    assertThat(AddOnService.named("redis").reads("7.0.15", "6.2.6")).isFalse();
  }
}
