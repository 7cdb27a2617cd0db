package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code jlocal requests}. */
@Execution(ExecutionMode.CONCURRENT)
class RequestsIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @Test
  void the_last_requests_are_shown_and_those_of_a_status() throws Exception {
    sandbox.given("Procfile", "web: exec python3 -m http.server $PORT --bind 127.0.0.1\n");
    Running run =
        sandbox
            .jlocal("start", "-p", "" + sandbox.port(), "--proxy-port", "0")
            .until("web.1 is up");
    run.until("no request", () -> requests().equals("no such request\n")); // The router is open.
    try (var client = HttpClient.newHttpClient()) {
      for (String path : new String[] {"/Procfile", "/missing?q=1", "/.env"}) {
        var request = HttpRequest.newBuilder(URI.create(run.find("web is on (http\\S+)") + path));
        client.send(request.build(), BodyHandlers.ofString());
      }
    }
    run.until("path=\"/.env\"");

    assertThat(requests().lines().toList().get(1))
        .matches("[0-9:]{8}  GET +200 +web\\.1 +[0-9]+ ms +[0-9]+  localhost:[0-9]+/Procfile");
    assertThat(requests("--status", "4xx", "web")).contains("/missing?q=1").doesNotContain("200");
    assertThat(requests("--status", "404,500", "-n", "1", "web.1").lines()).hasSize(2);
    assertThat(requests("--status", "5xx")).isEqualTo("no such request\n");
    assertThat(requests("other")).isEqualTo("no such request\n");
    assertThat(sandbox.run("requests", "--status", "6xx").err()).contains("is not a status");
    assertThat(requests("--json")).contains("\"path\":\"/missing?q=1\",\"status\":404");
    JsonIT.follows(requests("--json"), "requests");
    run.stop();
  }

  private String requests(String... options) {
    var words = new ArrayList<>(List.of("requests"));
    words.addAll(List.of(options));
    try {
      return sandbox.run(words.toArray(String[]::new)).out();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void without_a_router_none_is_known() throws Exception {
    sandbox.given("Procfile", "worker: exec sleep 1000\n");
    Running run = sandbox.start().until("worker.1 is up");

    Finished asked = sandbox.run("requests");

    assertThat(asked.status()).isEqualTo(2);
    assertThat(asked.err()).contains("the router is not open");
    run.stop();
  }
}
