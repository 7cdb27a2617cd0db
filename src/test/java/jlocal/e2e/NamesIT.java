package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import jlocal.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several apps, reached by their names on one port. */
class NamesIT {
  private static final String WEB =
      """
      web: exec python3 -c "import http.server as h,os; \
      h.BaseHTTPRequestHandler.do_GET=lambda s:(s.send_response(200),s.end_headers(),\
      s.wfile.write(('this is '+os.path.basename(os.getcwd())).encode())); \
      h.ThreadingHTTPServer(('127.0.0.1',int(os.environ['PORT'])),h.BaseHTTPRequestHandler).serve_forever()"
      """;

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  /** A port of this test's block that no process gets: those of other blocks are other tests'. */
  private int front() {
    return sandbox.port() + 4;
  }

  /** Starts the app of a folder; {@code router} is a port, 0 for any. */
  private Running start(String folder, int router, int place) throws IOException {
    sandbox.given(folder + "/Procfile", WEB);
    return sandbox
        .jlocal(
            "start",
            "-d",
            folder,
            "-p",
            "" + (sandbox.port() + 100 * place),
            "--proxy-port",
            "" + router,
            "--names-port",
            "" + front())
        .until("web.1 is up")
        .until("also on http://");
  }

  /** The response on the port; empty if nothing listens there. */
  private String get(String host) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), front())) {
      String request = "GET / HTTP/1.0\r\nHost: " + host + ":" + front() + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (ConnectException _) {
      return "";
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void until(String host, String answer) {
    Await.until(host + " is " + answer, () -> get(host).contains(answer), () -> get(host));
  }

  @Test
  void each_app_is_reached_by_its_name_through_the_router_of_another() throws Exception {
    Running shop = start("shop", front(), 0);
    Running admin = start("admin", 0, 1);

    until("shop.localhost", "this is shop");
    until("admin.localhost", "this is admin");
    until("web.admin.localhost", "this is admin");
    until("localhost", "this is shop");
    assertThat(get("nope.localhost")).contains("404", "http://admin.localhost:" + front());
    assertThat(admin.out()).contains("also on http://admin.localhost:" + front());
    assertThat(sandbox.run("ls").out())
        .contains("http://shop.localhost:" + front(), "http://admin.localhost:" + front());

    shop.stop();
    until("localhost", "this is admin");
    admin.stop();
  }

  @Test
  void a_port_that_another_program_has_given_up_is_taken_and_told() throws Exception {
    Running lonely;
    try (var other = new ServerSocket(front(), 1, InetAddress.getLoopbackAddress())) {
      assertThat(other.isBound()).isTrue();
      lonely = start("lonely", 0, 0);
      assertThat(lonely.out()).doesNotContain("lonely.localhost:" + front());
    }

    lonely.until("also on http://lonely.localhost:" + front());
    assertThat(sandbox.run("ls").out()).contains("http://lonely.localhost:" + front());
    until("lonely.localhost", "this is lonely");
    assertThat(lonely.stop().out().split("also on ", -1)).hasSize(3);
  }

  @Test
  void another_takes_the_port_over_when_its_owner_is_killed() throws Exception {
    Running shop = start("shop", front(), 0);
    Running admin = start("admin", 0, 1);
    Running blog = start("blog", 0, 2);
    until("blog.localhost", "this is blog");

    shop.signal("KILL").end();

    until("admin.localhost", "this is admin");
    until("blog.localhost", "this is blog");
    boolean byAdmin = admin.out().contains("listens on port " + front());
    assertThat(byAdmin).isNotEqualTo(blog.out().contains("listens on port " + front()));

    (byAdmin ? admin : blog).stop();
    until((byAdmin ? "blog" : "admin") + ".localhost", "this is " + (byAdmin ? "blog" : "admin"));
    (byAdmin ? blog : admin).stop();
  }

  @Test
  void a_worktree_is_under_the_name_of_its_checkout() throws Exception {
    Running shop = start("shop", front(), 0);
    sandbox.given("shop/.git/worktrees/fix/HEAD", "");
    sandbox.given(
        "fix/.git", "gitdir: " + sandbox.root().resolve("shop/.git/worktrees/fix") + "\n");
    Running fix = start("fix", 0, 1);

    until("fix.shop.localhost", "this is fix");
    until("shop.localhost", "this is shop");

    fix.stop();
    shop.stop();
  }
}
