package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code export compose} and {@code export dockerfile}, with a Docker daemon. */
@Execution(ExecutionMode.CONCURRENT)
class ExportComposeIT {
  private static final Path DAEMON =
      Path.of("src/test/resources/jlocal/e2e/docker.sh").toAbsolutePath();

  private static final String SERVER =
      """
      import http.server, os, socket
      class Tell(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
          self.send_response(200)
          self.end_headers()
          self.wfile.write((socket.gethostname() + os.environ["PRICE"] + "\\n").encode())
      http.server.ThreadingHTTPServer(("", int(os.environ["PORT"])), Tell).serve_forever()
      """;

  /** Each response contains the name of a container. */
  private static final String USE =
      """
      answers() { for i in {1..40}; do curl -sm 5 localhost:PORT; done | sort -u; }
      until_answers() { for i in {1..100}; do [ "$(answers | wc -l)" = $1 ] && break; sleep 0.2; done; answers; }
      docker compose up --build --detach >log 2>&1 || cat log
      until_answers 2 | sed 's/^[0-9a-f]*//'
      docker compose up --detach --scale web=3 >log 2>&1 || cat log
      until_answers 3 | wc -l
      docker compose stop >log 2>&1 || cat log
      docker inspect --format '{{.Name}} {{.State.ExitCode}}' shop-web-1 shop-worker-1 shop-release-1
      docker logs shop-worker-1
      docker compose down --volumes >log 2>&1 || cat log
      docker ps --all --quiet
      """;

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private void export(String... arguments) throws Exception {
    Finished export = sandbox.run(arguments);
    assertThat(export.status()).as(export.err()).isZero();
  }

  /** An app, which uses a cache if its server can be put into an image here. */
  private void app() throws Exception {
    sandbox
        .given("server.py", SERVER)
        .given("serve", "exec /usr/bin/python3 \"$@\"\n")
        .given("count", "p=${REDIS_URL#*:*:}; REDISCLI_AUTH=${p%@*} redis-cli -h redis incr n\n")
        .given(".env", "PRICE=' 5$ \\n'\nDATABASE_URL=none\n")
        .given(
            "Procfile",
            """
            web: . ./serve server.py
            # jlocal: after=api
            worker: trap '' TERM; echo "after api: $PRICE"; while true; do sleep 1; done
            # jlocal: ready=port
            api: . ./serve -m http.server $PORT
            release: if [ "$REDIS_URL" ]; then . ./count; fi
            """);
    if (sandbox.shell("command -v redis-server").end().status() == 0) {
      sandbox.given(".jlocal-addons/addons.json", ExportAddOnsIT.ADD_ONS);
    }
  }

  @Test
  void an_app_is_built_answers_is_scaled_and_ends_in_time() throws Exception {
    app();
    String port = "" + sandbox.port();
    export("export", "dockerfile", ".", "-a", "shop");
    export(
        "export",
        "compose",
        ".",
        "-a",
        "shop",
        "-m",
        "web=2",
        "--with-secrets",
        "--timeout",
        "2",
        "--proxy-port",
        port);
    sandbox.given("use", USE.replace("PORT", port));

    Finished done =
        sandbox
            .shell("exec " + EchoApp.quoted("" + DAEMON) + " bash use")
            .end(Duration.ofMinutes(4));

    assumeTrue(done.status() != 77, () -> "no Docker: " + done.out());
    assertThat(done.out())
        .as(done.err())
        .isEqualTo(
            """
             5$ \\n
             5$ \\n
            3
            /shop-web-1 143
            /shop-worker-1 137
            /shop-release-1 0
            after api:  5$ \\n
            """);
  }
}
