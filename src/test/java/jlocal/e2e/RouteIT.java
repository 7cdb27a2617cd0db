package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code jlocal route}: the router before processes that jlocal has not started. */
@Execution(ExecutionMode.CONCURRENT)
class RouteIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();
  private final HttpClient client = HttpClient.newHttpClient();

  private String ask(String port) {
    try {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port)).build();
      return client.send(request, BodyHandlers.ofString()).body().strip();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String serve(int port) {
    return "mkdir -p %1$d; echo %1$d > %1$d/index.html; exec python3 -m http.server -d %1$d %1$d --bind 127.0.0.1"
        .formatted(port);
  }

  @Test
  void requests_go_to_those_that_listen_now() throws Exception {
    int first = sandbox.port();
    int second = first + 1;
    String port = "" + (first + 2);
    Running router = sandbox.jlocal("route", first + "-" + second, "--proxy-port", port);
    Running one = sandbox.shell(serve(first));
    router.until("an answer of the first", () -> ask(port).equals("" + first));
    Running two = sandbox.shell(serve(second));
    var seen = new HashSet<String>();
    router.until(
        "answers of both",
        () -> (seen.add(ask(port)) && seen.contains("" + second)) || seen.size() > 1);
    one.signal("KILL").end();
    router.until(
        "no more of the first", () -> Stream.of(1, 2).allMatch(_ -> ask(port).equals("" + second)));
    assertThat(router.out()).contains("path=\"/\"");
    two.signal("KILL").end();
    router.signal("TERM").end();
  }

  @Test
  void an_invalid_range_is_refused() throws Exception {
    assertThat(sandbox.run("route", "6000-5000").err())
        .contains("'6000-5000' is not a range of ports");
  }
}
