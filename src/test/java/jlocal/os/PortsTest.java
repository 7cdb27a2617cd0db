package jlocal.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "127.0.0.1"})
  void a_port_in_use_on_any_address_is_not_free(String address) throws IOException {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0));

      assertThat(Ports.isFree(socket.getLocalPort())).isFalse();
      assertThat(Ports.accepts(socket.getLocalPort(), LIMIT)).isTrue();
    }
  }

  @Test
  void a_port_is_free_again_after_its_listener_has_closed() throws IOException {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }

    assertThat(Ports.isFree(port)).isTrue();
    assertThat(Ports.accepts(port, LIMIT)).isFalse();
  }

  @Test
  void the_holder_of_a_port_is_named() throws IOException {
    try (var socket = new ServerSocket(0)) {
      var holder = Objects.requireNonNull(ListeningProcesses.holder(socket.getLocalPort()));

      assertThat(holder.pid()).isEqualTo(ProcessHandle.current().pid());
      assertThat(holder).hasToString("java (pid " + holder.pid() + ")");
    }
  }
}
