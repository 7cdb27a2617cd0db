package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A web process that listens on a port other than its PORT. */
class OtherPortIT {
  /**
   * Serves its arguments, each ADDRESS PORT STATUS TEXT; those after {@code --} once a file named
   * go exists.
   */
  private static final String WEB =
      """
      import os, socket, sys, threading, time
      def serve(address, port, status, text):
          family = socket.AF_INET6 if ':' in address else socket.AF_INET
          server = socket.create_server((address, int(port)), family=family)
          def answer():
              while True:
                  client, _ = server.accept()
                  if client.recv(65536):
                      head = f'HTTP/1.1 {status} x\\r\\nConnection: close\\r\\n'
                      body = text + ' ' + os.environ['DYNO']
                      client.sendall(f'{head}Content-Length: {len(body)}\\r\\n\\r\\n{body}'.encode())
                  client.close()
          threading.Thread(target=answer).start()
      arguments = sys.argv[1:]
      while arguments:
          if arguments[0] == '--':
              while not os.path.exists('go'): time.sleep(0.02)
              arguments.pop(0)
          serve(*arguments[:4])
          arguments = arguments[4:]
      """;

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private Running start(String web, String... more) throws IOException {
    sandbox.given("web.py", WEB).given("Procfile", "web: exec python3 web.py " + web + "\n");
    var all = new ArrayList<>(List.of("start", "-p", "" + sandbox.port()));
    all.addAll(List.of(more));
    return sandbox.jlocal(all.toArray(String[]::new));
  }

  private static String get(Running run) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(run.find("web is on (http\\S+)")))
            .timeout(Duration.ofSeconds(25))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  @Test
  void the_router_serves_the_page_that_it_did_open_on_ipv6_and_after_a_restart() throws Exception {
    int port = sandbox.port();
    int other = port + 3;
    String debugger = "127.0.0.1 " + (port + 2) + " 400 debugger ";
    Running run = start(debugger + "::1 " + other + " 200 page", "--proxy-port", "0");
    String line =
        "web.1 listens on port %d instead of its PORT %d: the router uses that port"
            .formatted(other, port);

    run.until(line).until("web.1 is up");
    assertThat(get(run)).isEqualTo("page web.1");
    assertThat(sandbox.run("ps").out())
        .contains("ready on port " + other)
        .doesNotContain("" + port);
    assertThat(sandbox.run("restart", "web").out()).contains("web.1 is up on port " + other);
    run.until(line, 2);
    assertThat(get(run)).isEqualTo("page web.1");
    run.stop();
  }

  @Test
  void its_port_wins_when_it_opens_later() throws Exception {
    int port = sandbox.port();
    String early = "127.0.0.1 " + (port + 3) + " 200 early ";
    Running run = start(early + "-- 127.0.0.1 $PORT 200 late", "--proxy-port", "0");

    run.until("instead of its PORT").until("web.1 is up");
    assertThat(get(run)).isEqualTo("early web.1");
    sandbox.given("go", "");
    run.until("web.1 listens on port " + port + ", its PORT: the router uses that port");
    assertThat(get(run)).isEqualTo("late web.1");
    assertThat(sandbox.run("ps").out()).contains("ready on port " + port);
    run.stop();
  }

  @Test
  void a_second_web_that_wants_the_same_port_is_explained() throws Exception {
    int other = sandbox.port() + 3;
    Running run = start("127.0.0.1 " + other + " 200 page", "-m", "web=2", "--proxy-port", "0");

    run.until(
        "has opened port %d already: let the command of web use $PORT, or run one web"
            .formatted(other));
    run.stop();
  }

  @Test
  void without_a_router_it_is_said_and_shown() throws Exception {
    int port = sandbox.port();
    Running run = start("127.0.0.1 " + (port + 3) + " 200 page", "--no-proxy");

    run.until(
        "web.1 listens on port %d instead of its PORT %d; let its command use $PORT"
            .formatted(port + 3, port));
    run.until("web.1 is up");
    assertThat(sandbox.run("open").out()).contains("http://localhost:" + (port + 3));
    run.stop();
  }
}
