package jlocal.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code start --sleep}. */
@Execution(ExecutionMode.CONCURRENT)
class SleepIT {
  /** Answers with its pid; takes a second to end; accepts every upgrade. */
  private static final String WEB =
      """
      import http.server, os, signal, sys, time
      def end(*_):
          time.sleep(1)
          os._exit(0)
      signal.signal(signal.SIGTERM, end)
      class Handler(http.server.BaseHTTPRequestHandler):
          def do_GET(self):
              if self.headers.get('Upgrade'):
                  self.send_response(101)
                  self.send_header('Connection', 'Upgrade')
                  self.send_header('Upgrade', 'websocket')
                  self.end_headers()
                  while self.rfile.read(1): pass
                  self.close_connection = True
                  return
              body = str(os.getpid()).encode()
              self.send_response(200)
              self.send_header('Content-Length', str(len(body)))
              self.end_headers()
              self.wfile.write(body)
          def log_message(self, *_):
              pass
      port = int(os.environ['PORT'])
      http.server.ThreadingHTTPServer.request_queue_size = 50
      http.server.ThreadingHTTPServer(('127.0.0.1', port), Handler).serve_forever()
      """;

  private static final String TYPES =
      """
      web: exec python3 -u web.py
      worker: while :; do echo tick; sleep 0.2; done
      job: echo done
      """;

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private Running start(String... options) throws IOException {
    sandbox.given("web.py", WEB).given("Procfile", TYPES);
    var all = new ArrayList<>(List.of("start", "-p", "" + sandbox.port(), "--proxy-port", "0"));
    all.addAll(List.of(options));
    return sandbox.jlocal(all.toArray(String[]::new)).until("web is on http");
  }

  private static HttpRequest request(Running run) {
    return HttpRequest.newBuilder(URI.create(run.find("web is on (http\\S+)"))).build();
  }

  /** Returns the pids of the processes that respond to this many concurrent requests. */
  private static List<String> answers(Running run, int count) {
    try (var client = HttpClient.newHttpClient()) {
      var all = new ArrayList<CompletableFuture<HttpResponse<String>>>();
      for (int i = 0; i < count; i++) {
        all.add(client.sendAsync(request(run), BodyHandlers.ofString()));
      }
      return all.stream()
          .map(CompletableFuture::join)
          .map(it -> it.statusCode() == 200 ? it.body() : it.statusCode() + " " + it.body())
          .distinct()
          .toList();
    }
  }

  private void untilIdle(Running run, String... names) {
    run.until("idle: " + List.of(names), () -> List.of(names).stream().allMatch(this::isIdle));
  }

  private boolean isIdle(String name) {
    return ps().lines().anyMatch(line -> line.matches(name.replace(".", "\\.") + ".*\\bidle\\b.*"));
  }

  private String ps() {
    try {
      return sandbox.run("ps").out();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int count(Running run, String text) {
    return run.out().split(Pattern.quote(text), -1).length - 1;
  }

  @Test
  void requests_that_come_while_it_stops_and_sleeps_are_answered_by_the_next_process()
      throws Exception {
    Running run = start("--sleep", "1s");
    run.until("web.1: Idling");
    List<String> first = answers(run, 20);
    assertThat(first).hasSize(1).allMatch(pid -> pid.matches("\\d+"));

    untilIdle(run, "web.1", "worker.1");
    assertThat(ps()).containsPattern("job\\.1.*exited");
    List<String> second = answers(run, 20);
    assertThat(second)
        .hasSize(1)
        .allMatch(pid -> pid.matches("\\d+"))
        .doesNotContainAnyElementsOf(first);
    assertThat(run.out())
        .containsSubsequence(
            "web.1: Idling\n",
            "web.1: State changed from ",
            " to down\n",
            "web.1: Unidling\n",
            "web.1: State changed from down to starting\n")
        .contains("worker.1: Idling", "worker.1: Unidling")
        .doesNotContain("job.1: ", "at=error", "crash");
    untilIdle(run, "web.1");
    assertThat(run.stop().status()).isIn(0, 130);
  }

  @Test
  void a_WebSocket_keeps_it_awake() throws Exception {
    Running run = start("--sleep", "1s");
    URI uri = request(run).uri();
    try (var socket = new Socket("localhost", uri.getPort())) {
      String head = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n";
      socket.getOutputStream().write((head + "Upgrade: websocket\r\n\r\n").getBytes(US_ASCII));
      var answer = new byte[12];
      assertThat(socket.getInputStream().readNBytes(answer, 0, 12)).isEqualTo(12);
      assertThat(new String(answer, US_ASCII)).isEqualTo("HTTP/1.1 101");
      int idled = count(run, "web.1: Idling");
      run.until("| tick", count(run, "| tick") + 12);
      assertThat(count(run, "web.1: Idling")).isEqualTo(idled);
    }
    run.until("web.1: Idling", count(run, "web.1: Idling") + 1);
    assertThat(run.stop().status()).isIn(0, 130);
  }

  @Test
  void orders_of_a_person_wake_it_and_what_was_stopped_stays_so() throws Exception {
    // Longer than the second after which worker is up, which start waits for.
    Running run = start("--sleep", "3s", "--watch");
    untilIdle(run, "web.1", "worker.1");
    sandbox
        .given("web.py", WEB + "# changed\n")
        .given(
            "Procfile",
            TYPES.replace("-u web", "-u ./web").replace("echo done", "echo done again"));
    run.until("Procfile changed; reload").until("| done again");
    assertThat(isIdle("web.1")).isTrue();

    assertThat(sandbox.run("restart", "web").status()).isZero();
    run.until("worker.1: Unidling");
    untilIdle(run, "web.1", "worker.1");
    assertThat(sandbox.run("stop", "worker").status()).isZero();
    int unidled = count(run, "worker.1: Unidling");
    assertThat(answers(run, 1)).allMatch(pid -> pid.matches("\\d+"));
    assertThat(ps()).containsPattern("worker\\.1.*down");
    assertThat(count(run, "worker.1: Unidling")).isEqualTo(unidled);

    assertThat(sandbox.run("start", "worker").status()).isZero();
    untilIdle(run, "web.1", "worker.1");
    assertThat(sandbox.run("scale", "web=0").status()).isZero();
    run.until("worker.1: Unidling", unidled + 1);
    assertThat(ps()).doesNotContain("idle");
    try (var client = HttpClient.newHttpClient()) {
      assertThat(client.send(request(run), BodyHandlers.ofString()).statusCode()).isEqualTo(503);
    }
    assertThat(run.stop().status()).isIn(0, 130);
  }
}
