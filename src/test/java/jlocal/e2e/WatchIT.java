package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code start --watch}, in files that are edited. */
@Execution(ExecutionMode.CONCURRENT)
class WatchIT {
  /** Responds with the version in its source; ends at SIGTERM after the current request. */
  private static final String WEB =
      """
      import http.server, os
      VERSION = 'NUMBER'
      class Handler(http.server.BaseHTTPRequestHandler):
          def do_GET(self):
              self.send_response(200)
              self.send_header('Content-Length', str(len(VERSION)))
              self.end_headers()
              self.wfile.write(VERSION.encode())
          def log_message(self, *_):
              pass
      print('version ' + VERSION, flush=True)
      port = int(os.environ['PORT'])
      http.server.ThreadingHTTPServer(('127.0.0.1', port), Handler).serve_forever()
      """;

  private static final String TYPES =
      "web: exec python3 -u src/web.py\nworker: echo \"at work\"; exec sleep 1000\n";

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private Running start(String... arguments) throws IOException {
    var all = new ArrayList<>(List.of("start", "-p", "" + sandbox.port(), "--proxy-port", "0"));
    all.addAll(List.of(arguments));
    return sandbox.jlocal(all.toArray(String[]::new)).until("watching " + sandbox.root());
  }

  private void write(String version) throws IOException {
    sandbox.given("src/web.py", WEB.replace("NUMBER", version));
  }

  private static void assertEnds(Running run) {
    assertThat(run.stop().status()).isIn(0, 130);
  }

  @Test
  void an_app_that_is_edited_again_and_again_answers_every_request() throws Exception {
    write("0");
    sandbox.given("Procfile", TYPES);
    Running run =
        start("--watch", "-m", "web=2")
            .until("web is on")
            .until("web.1 is up")
            .until("web.2 is up");
    var uri = URI.create(run.find("web is on (http\\S+)"));
    var over = new AtomicBoolean();
    var answers = new AtomicInteger();
    try (var clients = Executors.newFixedThreadPool(3);
        var client = HttpClient.newHttpClient()) {
      var failures = new ArrayList<java.util.concurrent.Future<String>>();
      for (int i = 0; i < 3; i++) {
        failures.add(
            clients.submit(() -> {
              while (!over.get()) {
                var answer =
                    client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
                if (answer.statusCode() != 200) return answer.statusCode() + answer.body();
                answers.incrementAndGet();
              }
              return "";
            }));
      }
      for (int version = 1; version <= 5; version++) {
        write("" + version);
        // One after the other: the second starts when the first is up.
        run.until("version " + version, 2);
      }
      over.set(true);
      for (var failure : failures) assertThat(failure.get()).isEmpty();
    }
    assertThat(answers).hasPositiveValue();
    assertThat(run.out()).contains("src/web.py changed: restarting web, worker");
    assertEnds(run);
  }

  @Test
  void a_stopped_process_stays_so_and_a_failed_one_is_restarted() throws Exception {
    write("1");
    sandbox.given("Procfile", TYPES);
    Running run = start("--watch").until("web.1 is up").until("at work");
    assertThat(sandbox.run("stop", "worker").status()).isZero();
    sandbox.given("src/web.py", "this is no Python");
    run.until("src/web.py changed: restarting web\n")
        .until("(crash 2)"); // It pauses now, and does not read half a file.
    write("2");
    run.until("version 2");
    assertThat(run.lines("worker.1")).containsExactly("at work");
    assertEnds(run);
  }

  @Test
  void patterns_narrow_it_and_other_files_and_the_same_content_do_not_count() throws Exception {
    write("1");
    sandbox.given("Procfile", TYPES).given(".jlocal", "watch.web: src\nwatch.worker: lib *.txt\n");
    Running run = start().until("version 1").until("at work");
    write("1");
    sandbox.given("other.py", "1").given("src/web.py~", "1").given("data.txt", "2");
    run.until("data.txt changed: restarting worker\n").until("at work", 2);
    assertThat(run.lines("web.1")).containsExactly("version 1");
    write("2");
    run.until("src/web.py changed: restarting web\n").until("version 2");
    assertEnds(run);
  }

  @Test
  void a_changed_Procfile_or_env_file_is_a_reload() throws Exception {
    write("1");
    sandbox.given("Procfile", TYPES).given(".env", "A=1\n").given(".gitignore", ".env\n");
    Running run = start("--watch").until("version 1").until("at work");
    sandbox.given("Procfile", TYPES.replace("at work", "at $A"));
    run.until("Procfile changed; reload: changed: worker: ").until("at 1");
    sandbox.given(".env", "A=2\n");
    run.until(".env changed; reload: changed config vars: A;").until("at 2");
    sandbox.given("Procfile", "web\n");
    run.until("Procfile changed, but cannot be applied: ");
    assertEnds(run);
  }

  @Test
  void new_patterns_count_at_once_and_what_has_ended_is_not_named() throws Exception {
    write("1");
    sandbox.given("Procfile", TYPES + "done: true\n").given("target/a.txt", "1");
    sandbox.given(".jlocal", "watch: true\nwatch.web: src\n");
    Running run = start().until("a change restarts web, worker; not restarted: done (has ended)\n");
    run.until("version 1");
    sandbox.given(".jlocal", "watch.web: target\n");
    run.until(".jlocal changed; new patterns: a change restarts web\n");
    write("2");
    sandbox.given("target/a.txt", "2");
    run.until("target/a.txt changed: restarting web\n").until("version 2");
    sandbox.given(".jlocal", "watch.wep: src\n");
    run.until(".jlocal changed, but cannot be applied: ").until("there is no type 'wep'");
    assertEnds(run);
  }

  @Test
  void a_process_that_writes_what_it_watches_is_found_out() throws Exception {
    sandbox.given("Procfile", "worker: date +%N > data/state; exec sleep 1000\n");
    sandbox.given("data/state", "");
    Running run = start("--watch").until("worker.1 started");
    sandbox.given("data/state", "1");
    run.until("worker seems to write data/state itself").until("watch.worker: !data/state  in");
    assertThat(run.find("(restarts wait 10 s)")).isNotEmpty();
    assertEnds(run);
  }

  @Test
  void a_type_that_is_not_there_is_an_error() throws Exception {
    sandbox.given("Procfile", TYPES);
    assertThat(sandbox.run("start", "--watch", "wep=src").err())
        .contains("no process type 'wep'", "did you mean 'web'?");
  }
}
