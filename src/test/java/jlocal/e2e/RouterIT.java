package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The app through its router. */
@Execution(ExecutionMode.CONCURRENT)
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
    var uri = URI.create(run.find("web is on (http\\S+)") + path);
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

  private static String ask(Running run, String host, String path) throws IOException {
    int port = Integer.parseInt(run.find("http://\\S+?:(\\d+)"));
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request =
          "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void a_name_is_that_of_a_process_type() throws Exception {
    sandbox.given("web.py", WEB);
    sandbox.given("Procfile", "web: python3 web.py\napi: sleep 2; exec python3 web.py\n");
    Running run =
        sandbox
            .jlocal("start", "-p", "" + sandbox.port(), "--proxy-port", "0")
            .until("web is on http://localhost:")
            .until("web.1 is up");

    assertThat(ask(run, "api.localhost", "/")).endsWith("api.1");
    assertThat(ask(run, "localhost", "/")).endsWith("web.1");
    assertThat(ask(run, "web.1.localhost", "/")).endsWith("web.1");
    assertThat(ask(run, "unknown.localhost", "/"))
        .startsWith("HTTP/1.1 404 ")
        .contains("http://api.localhost", "http://web.localhost");
    run.stop();
  }

  @Test
  void an_app_without_web_has_a_router_when_it_is_asked_for() throws Exception {
    sandbox.given("web.py", WEB).given("Procfile", "api: python3 web.py\n");
    Running run =
        sandbox
            .jlocal("start", "-p", "" + sandbox.port(), "--proxy-port", "0")
            .until("api is on http://api.localhost:");
    assertThat(ask(run, "api.localhost", "/")).endsWith("api.1");
    run.stop();
  }

  @Test
  void no_secret_of_a_query_is_in_the_log_that_shall_have_paths_only() throws Exception {
    Running run = start("python3 web.py", "--router-log=path").until("web.1 is up");
    ask(run, "localhost", "/login?token=abc");
    run.until("path=\"/login\"");
    assertThat(run.stop().lines("router")).noneMatch(line -> line.contains("abc"));
  }

  @Test
  void a_cookie_brings_a_client_back_to_its_instance() throws Exception {
    Running run =
        start("python3 web.py", "-m", "web=2", "--sticky")
            .until("web.1 is up")
            .until("web.2 is up");
    String first = ask(run, "localhost", "/");
    String cookie = first.replaceAll("(?s).*Set-Cookie: ([^;]+);.*", "$1");
    String mine = first.substring(first.length() - 5);
    for (int i = 0; i < 3; i++) {
      String host = "localhost\r\nCookie: " + cookie;
      assertThat(ask(run, host, "/")).endsWith(mine);
    }
    run.stop();
  }

  @Test
  void https_is_signed_by_an_authority_that_is_made_once() throws Exception {
    String data = sandbox.root().resolve("data").toString();
    sandbox.variable("XDG_DATA_HOME", data);
    Running run =
        start(
                "echo trusts $(cat $NODE_EXTRA_CA_CERTS $SSL_CERT_FILE); exec python3 web.py",
                "--https=0")
            .until("web is on http")
            .until("web.1 is up");
    run.until("created a certificate authority").until("trusts -----BEGIN CERTIFICATE-----");
    var uri = run.find("web is on http\\S+ and (https\\S+)");
    Path ca = sandbox.root().resolve("data/jlocal/ca/ca.crt");

    Process curl =
        new ProcessBuilder("curl", "-sS", "--cacert", ca.toString(), uri)
            .redirectErrorStream(true)
            .start();

    assertThat(new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("web.1");
    assertThat(run.stop().lines("router")).anyMatch(line -> line.contains("protocol=https"));
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
  void the_error_page_shows_the_last_lines_of_a_crashed_app() throws Exception {
    Running run = start("python3 web.py", "--restart", "never").until("web.1 is up");

    get(run, "/crash");
    run.until("web.1 exited with code 3");
    HttpResponse<String> answer = get(run, "/");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("words of the dying");
    run.stop();
  }
}
