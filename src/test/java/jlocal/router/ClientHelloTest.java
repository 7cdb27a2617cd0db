package jlocal.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHelloTest {
  private static final int RECORD_HEAD = 5;

  /** Returns the JDK client's first message; without a name for an empty one. */
  private static byte[] hello(String host, String... protocols) throws Exception {
    SSLEngine engine = SSLContext.getDefault().createSSLEngine();
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    if (!host.isEmpty()) parameters.setServerNames(List.of(new SNIHostName(host)));
    parameters.setProtocols(protocols);
    engine.setSSLParameters(parameters);
    return wrapped(engine);
  }

  private static byte[] wrapped(SSLEngine engine) throws SSLException {
    var out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), out);
    return Arrays.copyOf(out.array(), out.position());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void the_name_is_known_as_soon_as_it_is_received(String protocol) throws Exception {
    byte[] hello = hello("web.2.shop.localhost", protocol);
    boolean isKnown = false;
    for (int length = 1; length <= hello.length; length++) {
      String host = ClientHello.host(Arrays.copyOf(hello, length));
      if (host == null) assertThat(isKnown).isFalse();
      else assertThat(host).isEqualTo("web.2.shop.localhost");
      isKnown = host != null;
    }
    assertThat(isKnown).isTrue();
    assertThat(ClientHello.host(hello("", protocol))).isEmpty();
  }

  @Test
  void a_message_may_be_in_many_records() throws Exception {
    byte[] hello = hello("shop.localhost", "TLSv1.3");
    var random = new Random(1);
    var records = new ByteArrayOutputStream();
    for (int at = RECORD_HEAD; at < hello.length; ) {
      int length = Math.min(hello.length - at, 1 + random.nextInt(20));
      records.writeBytes(new byte[] {22, 3, 1, 0, (byte) length});
      records.write(hello, at, length);
      at += length;
    }
    assertThat(ClientHello.host(records.toByteArray())).isEqualTo("shop.localhost");
  }

  @Test
  void changed_and_random_bytes_are_read_without_a_failure() throws Exception {
    long seed = System.nanoTime();
    var random = new Random(seed);
    byte[] hello = hello("shop.localhost", "TLSv1.3");
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = i % 2 == 0 ? hello.clone() : new byte[1 + random.nextInt(300)];
      if (i % 2 == 1) random.nextBytes(bytes);
      for (int n = random.nextInt(4); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      bytes[0] = 22;
      String host = ClientHello.host(bytes);
      assertThat(host == null || host.length() < bytes.length).as("seed %d", seed).isTrue();
    }
  }

  @Test
  void endless_input_is_limited() {
    byte[] endless = new byte[70_000];
    endless[0] = 22;
    assertThat(ClientHello.host(endless)).isEmpty();
  }
}
