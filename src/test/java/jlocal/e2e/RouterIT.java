package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The app through its router. */
class RouterIT {
  /** Answers each request with the name of the instance; /crash ends it. */
  private static final String WEB =
      """
      import os, socket, sys
      server = socket.create_server(('127.0.0.1', int(os.environ['PORT'])))
      while True:
          client, _ = server.accept()
          request = client.recv(65536).decode()
          if request.startswith('GET /crash'):
              print('words of the dying', flush=True)
              sys.exit(3)
          if request:
              body = os.environ['DYNO']
              head = 'HTTP/1.1 200 OK\\r\\nConnection: close\\r\\nContent-Length: '
              client.sendall(f'{head}{len(body)}\\r\\n\\r\\n{body}'.encode())
          client.close()
      """;

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private Running start(String command, String... arguments) throws IOException {
    sandbox.given("web.py", WEB).given("Procfile", "web: " + command + "\nother: sleep 1000\n");
    var all = new ArrayList<String>();
    all.add("start");
    all.addAll(List.of("-p", "" + sandbox.port(), "--proxy-port", "0"));
    all.addAll(List.of(arguments));
    return sandbox.jlocal(all.toArray(String[]::new)).until("web is on http://localhost:");
  }

  private static HttpResponse<String> get(Running run, String path) throws Exception {
    String line = run.lines("manager").getFirst();
    var uri = URI.create(line.substring(line.indexOf("http://")) + path);
    var request =
        HttpRequest.newBuilder(uri)
            .header("Accept", "text/html")
            .timeout(Duration.ofSeconds(25))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }

  @Test
  void instances_of_web_answer_in_turn() throws Exception {
    Running run = start("python3 web.py", "-m", "web=2").until("web.1 is up").until("web.2 is up");

    var answers = new ArrayList<String>();
    for (int i = 0; i < 4; i++) answers.add(get(run, "/").body());

    assertThat(answers.subList(0, 2)).containsExactlyInAnyOrder("web.1", "web.2");
    assertThat(answers.subList(2, 4)).isEqualTo(answers.subList(0, 2));
    run.stop();
  }

  @Test
  void a_request_waits_while_web_boots() throws Exception {
    Running run = start("until [ -e open ]; do sleep 0.05; done; exec python3 web.py");

    try (var later = Executors.newVirtualThreadPerTaskExecutor()) {
      var answer = later.submit(() -> get(run, "/"));
      run.until("started");
      sandbox.given("open", "");

      assertThat(answer.get().body()).isEqualTo("web.1");
    }
    assertThat(run.stop().lines("router"))
        .anyMatch(l -> l.contains("dyno=web.1") && l.contains("status=200"));
  }

  @Test
  void a_browser_is_shown_the_last_words_of_a_crashed_app() throws Exception {
    Running run = start("python3 web.py", "--restart", "never").until("web.1 is up");

    get(run, "/crash");
    run.until("web.1 exited with code 3");
    HttpResponse<String> answer = get(run, "/");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("words of the dying");
    run.stop();
  }
}
