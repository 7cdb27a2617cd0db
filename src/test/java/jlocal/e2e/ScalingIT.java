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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No request fails while web is scaled and restarted. */
class ScalingIT {
  private static final String WEB =
      """
      import os, time
      from http.server import ThreadingHTTPServer, BaseHTTPRequestHandler
      class Web(BaseHTTPRequestHandler):
          protocol_version = 'HTTP/1.1'
          def do_GET(self):
              time.sleep(0.01)
              if self.path == '/slow': time.sleep(1.5)
              body = os.environ['DYNO'].encode()
              self.send_response(200)
              self.send_header('Content-Length', str(len(body)))
              self.end_headers()
              self.wfile.write(body)
          def log_message(self, *a): pass
      class Server(ThreadingHTTPServer):
          request_queue_size = 128
      Server(('127.0.0.1', int(os.environ['PORT'])), Web).serve_forever()
      """;

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, Integer> answers = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean enough = new AtomicBoolean();

  private Running start(int instances) throws IOException {
    sandbox.given("web.py", WEB).given("Procfile", "web: exec python3 web.py\nother: sleep 1000\n");
    Running run =
        sandbox
            .jlocal(
                "start",
                "-p",
                "" + sandbox.port(),
                "--proxy-port",
                "0",
                "--no-router-log",
                "-m",
                "web=" + instances)
            .until("web is on http://localhost:");
    for (int i = 1; i <= instances; i++) run.until("web." + i + " is up");
    return run;
  }

  private String get(Running run, String path) throws Exception {
    var uri = URI.create(run.find("web is on (http\\S+)") + path);
    var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(25)).build();
    var answer = client.send(request, BodyHandlers.ofString());
    return answer.statusCode() == 200 ? answer.body() : answer.statusCode() + answer.body();
  }

  /** Starts clients that send requests until the test stops them. */
  private List<Thread> load(Running run) {
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 6; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                while (!enough.get()) ask(run);
              }));
    }
    return threads;
  }

  private void ask(Running run) {
    try {
      String answer = get(run, "/");
      if (answer.startsWith("web.")) answers.merge(answer, 1, Integer::sum);
      else failures.add(answer);
    } catch (Exception e) {
      failures.add(e.toString());
    }
  }

  private void end(List<Thread> load) throws Exception {
    enough.set(true);
    for (Thread each : load) each.join();
    assertThat(failures).isEmpty();
    assertThat(answers.values().stream().mapToInt(n -> n).sum()).isPositive();
  }

  private void order(String... words) throws Exception {
    Finished done = sandbox.run(words);
    assertThat(done.status()).as("%s%s", done.out(), done.err()).isZero();
  }

  @Test
  void scaling_up_and_down_loses_no_request_and_moves_no_port() throws Exception {
    Running run = start(1);
    String pid = run.find("web.1 started with pid (\\d+)");
    List<Thread> load = load(run);

    order("scale", "web=5");
    run.until("five answer", () -> answers.size() == 5);
    order("scale", "web=2");
    answers.clear();
    run.until("two answer", () -> answers.size() == 2);
    end(load);

    int first = answers.getOrDefault("web.1", 0);
    int second = answers.getOrDefault("web.2", 0);
    assertThat(Math.abs(first - second)).as("in turn: %s", answers).isLessThanOrEqualTo(6);
    assertThat(sandbox.run("ps").out())
        .containsPattern("web\\.1 +up +" + pid + " +" + sandbox.port());
    run.stop();
  }

  @Test
  void a_web_that_was_not_there_at_the_start_gets_a_router() throws Exception {
    sandbox.given("web.py", WEB).given("Procfile", "web: exec python3 web.py\nother: sleep 1000\n");
    String port = "" + sandbox.port();
    Running run = sandbox.jlocal("start", "other", "-p", port);
    run.until("other.1 is up");
    assertThat(run.out()).doesNotContain(" is on http");

    Finished scaled = sandbox.run("scale", "web=2");
    assertThat(scaled.out()).contains("web is on " + run.find("web is on (http\\S+)"));
    assertThat(List.of(get(run, "/"), get(run, "/"))).containsExactlyInAnyOrder("web.1", "web.2");
    order("scale", "web=0");
    assertThat(sandbox.run("scale", "web=1").out()).doesNotContain("web is on");
    assertThat(get(run, "/")).isEqualTo("web.1");
    run.stop();
  }

  @Test
  void a_router_that_was_asked_for_before_there_was_web_leads_to_it() throws Exception {
    sandbox.given("web.py", WEB).given("Procfile", "web: exec python3 web.py\nother: sleep 1000\n");
    String port = "" + sandbox.port();
    Running run = sandbox.jlocal("start", "other", "-p", port, "--proxy-port", "0");
    run.until("other is on http://other.localhost:").until("other.1 is up");
    assertThat(sandbox.run("scale", "web=1").out())
        .contains("web is on " + run.find("web is on (http\\S+)"));
    assertThat(get(run, "/")).isEqualTo("web.1");
    run.stop();
  }

  @Test
  void without_a_router_there_is_none_later_either() throws Exception {
    sandbox.given("web.py", WEB).given("Procfile", "web: exec python3 web.py\nother: sleep 1000\n");
    Running run = sandbox.jlocal("start", "other", "-p", "" + sandbox.port(), "--no-proxy");
    run.until("other.1 is up");
    order("scale", "web=1");
    assertThat(run.out()).contains("web.1 is up").doesNotContain("web is on");
    run.stop();
  }

  @Test
  void a_rolling_restart_loses_no_request_and_restarts_all() throws Exception {
    Running run = start(3);
    List<Thread> load = load(run);

    order("restart", "web");
    end(load);
    assertOneAtATime(run);
    run.stop();
  }

  @Test
  void usr1_restarts_web_as_gently() throws Exception {
    Running run = start(3);
    List<Thread> load = load(run);

    run.signal("USR1").until("other.1 started", 2);
    for (int i = 1; i <= 3; i++) run.until("web." + i + " is up", 2);
    end(load);
    assertOneAtATime(run);
    run.stop();
  }

  private static void assertOneAtATime(Running run) {
    List<String> manager = run.lines("manager");
    for (int i = 1; i <= 3; i++) {
      String name = "web." + i;
      assertThat(manager).filteredOn(line -> line.startsWith(name + " is up")).hasSize(2);
      int up = lastIndex(manager, name + " is up");
      int next = lastIndex(manager, "web." + (i + 1) + " terminated");
      assertThat(next < 0 || next > up).as("one at a time: %s", manager).isTrue();
    }
  }

  private static int lastIndex(List<String> lines, String begin) {
    for (int i = lines.size() - 1; i >= 0; i--) if (lines.get(i).startsWith(begin)) return i;
    return -1;
  }

  @Test
  void a_request_in_flight_is_finished_before_its_instance_ends() throws Exception {
    Running run = start(1);
    var slow = new ArrayList<String>();
    Thread asking =
        Thread.ofVirtual()
            .start(() -> {
              try {
                slow.add(get(run, "/slow"));
              } catch (Exception e) {
                slow.add(e.toString());
              }
            });
    ask(run); // so that the slow one has surely begun
    order("scale", "web=0");
    asking.join();

    assertThat(slow).containsExactly("web.1");
    run.stop();
  }
}
