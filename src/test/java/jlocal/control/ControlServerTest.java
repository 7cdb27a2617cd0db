package jlocal.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The control socket stays usable whatever its clients do. */
@Timeout(60)
class ControlServerTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path temp;

  private final CountDownLatch gone = new CountDownLatch(1);
  private AppLock appLock;
  private ControlServer server;

  /** Echoes requests, and streams until its client disconnects. */
  private final class Parrot implements RequestHandler {
    @Override
    public Reply ended() {
      return new Reply.Done(List.of("ended"));
    }

    @Override
    public Reply answer(Request request) {
      return request.command().equals("logs")
          ? new Reply.Streaming(this::stream)
          : new Reply.Done(List.of(request.line()));
    }

    private void stream(Reply.ClientStream client) {
      client.listen(line -> write(client, line), gone::countDown);
      try {
        gone.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private void write(Reply.ClientStream client, String line) {
      try {
        client.out().write(ByteBuffer.wrap(("<" + line + ">").getBytes(StandardCharsets.UTF_8)));
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  private Map<String, String> environment() {
    return Map.of("XDG_RUNTIME_DIR", temp.toString());
  }

  private AppKey app() {
    return AppKey.of(temp, temp.resolve("Procfile"));
  }

  @BeforeEach
  void open() throws Exception {
    appLock = AppLock.take(ControlFolder.open(environment()), app());
    server = ControlServer.open(appLock, new Parrot());
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    appLock.close();
  }

  private Reply ask(Request request) throws Exception {
    try (var client = Objects.requireNonNull(ControlClient.connect(app(), environment()))) {
      return client.ask(request, SOON);
    }
  }

  private void answers() throws Exception {
    assertThat(ask(Request.of("ps"))).isInstanceOf(Reply.Done.class);
  }

  private SocketChannel raw() throws Exception {
    return SocketChannel.open(UnixDomainSocketAddress.of(appLock.socket()));
  }

  private static void write(SocketChannel channel, String text) throws Exception {
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String read(SocketChannel channel) throws Exception {
    var text = new ByteArrayOutputStream();
    try {
      Channels.newInputStream(channel).transferTo(text);
    } catch (java.io.IOException _) {
      // reset: what was sent was not read to its end
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  @Test
  void an_order_arrives_as_it_was_given() throws Exception {
    var order = Request.of("scale", "changes", List.of("web=3"), "await", true);

    assertThat(ask(order)).isEqualTo(new Reply.Done(List.of(order.line())));
  }

  @Test
  void the_socket_is_private_to_its_owner() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(appLock.socket())))
        .isEqualTo("rw-------");
  }

  @Test
  void garbage_gets_a_sentence() throws Exception {
    try (var client = raw()) {
      write(client, "GET / HTTP/1.1\r\n");

      assertThat(read(client)).contains("\"reply\":\"refused\"").contains("not JSON");
    }
    answers();
  }

  @Test
  void random_bytes_change_nothing() throws Exception {
    var random = new Random(1);
    for (int i = 0; i < 50; i++) {
      byte[] bytes = new byte[random.nextInt(4000)];
      random.nextBytes(bytes);
      try (var client = raw()) {
        client.write(ByteBuffer.wrap(bytes));
      }
    }
    answers();
  }

  @Test
  void a_line_without_end_is_cut_off() throws Exception {
    try (var client = raw()) {
      var piece = "x".repeat(1024 * 1024);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 10; i++) write(client, piece);
              })
          .isInstanceOf(java.io.IOException.class);
    }
    answers();
  }

  @Test
  void a_thousand_silent_clients_do_not_block_another() throws Exception {
    var clients = new ArrayList<SocketChannel>();
    try {
      for (int i = 0; i < 1000; i++) clients.add(raw());
      answers();
    } finally {
      for (SocketChannel each : clients) each.close();
    }
    answers();
  }

  @Test
  void the_rest_of_a_line_is_awaited() throws Exception {
    try (var client = raw()) {
      write(client, "{\"v\":1,");
      answers();
      write(client, "\"do\":\"stop\",\"names\":[\"x\"]}\n");

      assertThat(read(client)).contains("\"done\"").endsWith("\n");
    }
  }

  @Test
  void fifty_at_once_get_fifty_answers() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<java.util.concurrent.Future<Reply>>();
      for (int i = 0; i < 50; i++) {
        var order = Request.of("stop", "names", List.of("web." + i));
        answers.add(threads.submit(() -> ask(order)));
      }
      for (int i = 0; i < 50; i++) {
        var order = Request.of("stop", "names", List.of("web." + i)).line();
        assertThat(answers.get(i).get()).isEqualTo(new Reply.Done(List.of(order)));
      }
    }
  }

  @Test
  void further_lines_are_read_until_the_client_hangs_up() throws Exception {
    try (var client = raw()) {
      write(client, Request.of("logs").line() + "\nfirst\nsec");
      write(client, "ond\n");
      var text = ByteBuffer.allocate(1000);
      while (!new String(text.array(), 0, text.position(), StandardCharsets.UTF_8)
          .endsWith("<first><second>")) {
        client.read(text);
      }
    }
    assertThat(gone.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void after_the_end_there_is_no_answer() throws Exception {
    server.close();
    appLock.close();

    assertThat(ControlClient.connect(app(), environment())).isNull();
  }

  @Test
  void a_running_app_is_found_by_its_root_only_when_it_says_it_is_one() throws Exception {
    assertThat(ControlClient.runningApps(app(), environment())).isEmpty(); // a parrot is none
  }
}
