package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.regex.Pattern;
import jlocal.Await;
import jlocal.os.ListeningProcesses;
import jlocal.os.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Opening the page of a running app, and access to it. */
@Execution(ExecutionMode.CONCURRENT)
class DashboardIT {
  private static final Pattern LINK =
      Pattern.compile("(http://127\\.0\\.0\\.1:[0-9]+)(/[0-9a-f]{32}/)(login\\?t=[0-9a-f]{32})");

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private String address = "";
  private String root = "";
  private String link = "";
  private String cookie = "";
  private String last = "";

  @BeforeEach
  void a_worker() throws IOException {
    sandbox.given("Procfile", "worker: echo ready; exec sleep 1000\n");
  }

  /** Ends the app if it still runs. */
  @AfterEach
  void end() {
    said("stop");
  }

  /** Commands are known soon after the first process is up. */
  private void newLink() {
    Await.until("a link", () -> LINK.matcher(said("dashboard", "--no-open")).find(), () -> last);
    var found = LINK.matcher(last);
    assertThat(found.find()).isTrue();
    address = found.group(1);
    root = found.group(2);
    link = root + found.group(3);
  }

  private String said(String... arguments) {
    try {
      Finished end = sandbox.run(arguments);
      last = end.out() + end.err();
    } catch (IOException e) {
      last = e.toString();
    }
    return last;
  }

  /** The whole answer to a request. */
  private String ask(String method, String path, String fields, String body) throws IOException {
    var uri = URI.create(address);
    try (var socket = new Socket(uri.getHost(), uri.getPort())) {
      String head = method + " " + path + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\n";
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      String end = "Content-Length: " + bytes.length + "\r\nConnection: close\r\n\r\n" + body;
      socket.getOutputStream().write((head + fields + end).getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String get(String path, String fields) throws IOException {
    return ask("GET", path, fields, "");
  }

  private void signIn() throws IOException {
    newLink();
    var set = Pattern.compile("Set-Cookie: (jlocal=[0-9a-f]+)").matcher(get(link, ""));
    assertThat(set.find()).isTrue();
    cookie = "Cookie: " + set.group(1) + "\r\n";
  }

  @Test
  void a_link_shows_the_page_once() throws Exception {
    sandbox.start().until("worker.1 is up");
    newLink();

    String entered = get(link, "");
    assertThat(entered)
        .startsWith("HTTP/1.1 200 ")
        .contains("; Path=" + root + "; HttpOnly; SameSite=Strict")
        .contains("refresh content=\"0;url=" + root + "\"");
    assertThat(get(link, "")).startsWith("HTTP/1.1 403 ").contains("this link was used");
    assertThat(get(root, "")).startsWith("HTTP/1.1 403 ").contains("jlocal dashboard");

    signIn();
    assertThat(get(root, cookie))
        .startsWith("HTTP/1.1 200 ")
        .contains("<title>jlocal</title>")
        .contains("default-src 'none'; script-src 'self'")
        .contains("frame-ancestors 'none'")
        .contains("X-Frame-Options: DENY")
        .contains("Cache-Control: no-store")
        .contains("X-Content-Type-Options: nosniff")
        .contains("Referrer-Policy: no-referrer")
        .doesNotContain("Access-Control-");
    assertThat(get(link, cookie)).as("whoever is signed in is led on").startsWith("HTTP/1.1 200 ");
    assertThat(get(root + "../app.js", cookie)).doesNotStartWith("HTTP/1.1 200 ");
    assertThat(get(root + "%2e%2e/app.js", cookie)).doesNotStartWith("HTTP/1.1 200 ");
  }

  @Test
  void orders_need_both_tokens_and_the_own_origin() throws Exception {
    var running = sandbox.start().until("worker.1 is up");
    signIn();
    String page = get(root, cookie);
    var token = Pattern.compile("name=\"token\" content=\"([0-9a-f]+)\"").matcher(page);
    assertThat(token.find()).isTrue();
    String second = "X-Jlocal-Token: " + token.group(1) + "\r\n";
    String origin = "Origin: " + address + "\r\n";
    String restart = "{\"command\":\"restart\",\"names\":[\"worker.1\"]}";

    assertThat(ask("POST", root + "orders", cookie + origin, restart)).startsWith("HTTP/1.1 403 ");
    assertThat(ask("POST", root + "orders", cookie + second, restart)).startsWith("HTTP/1.1 403 ");
    assertThat(ask("POST", root + "orders", origin + second, restart)).startsWith("HTTP/1.1 403 ");
    assertThat(
            ask(
                "POST",
                root + "orders",
                cookie + second + "Origin: http://evil.example\r\n",
                restart))
        .startsWith("HTTP/1.1 403 ");
    assertThat(running.out()).doesNotContain("SIGTERM");

    String end = "{\"command\":\"stop\",\"names\":[]}";
    assertThat(ask("POST", root + "orders", cookie + origin + second, end))
        .startsWith("HTTP/1.1 400 ");
    assertThat(ask("POST", root + "orders", cookie + origin + second, restart))
        .startsWith("HTTP/1.1 200 ")
        .contains("\"ok\":true");
    running.until("worker.1 terminated by SIGTERM").until("worker.1 is up", 2);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void nothing_listens_before_it_is_opened_and_then_only_on_loopback() throws Exception {
    var running = sandbox.start("--host", "0.0.0.0").until("worker.1 is up");
    assertThat(ListeningProcesses.ofTree(running.pid()).ports()).isEmpty();
    newLink();
    int port = URI.create(address).getPort();
    assertThat(ListeningProcesses.ofTree(running.pid()).ports()).containsExactly(port);
    for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
      for (InetAddress other : each.inetAddresses().toList()) {
        if (!other.isLoopbackAddress()) assertThat(connects(other, port)).isFalse();
      }
    }
  }

  private static boolean connects(InetAddress to, int port) throws IOException {
    try (var socket = new Socket(to, port)) {
      return socket.isConnected();
    } catch (ConnectException _) {
      return false;
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void another_user_of_the_machine_cannot_use_a_link() throws Exception {
    assumeTrue(User.id() == 0, "only root can be another user");
    sandbox.start().until("worker.1 is up");
    newLink();
    var uri = URI.create(address);
    String program =
        "exec 3<>/dev/tcp/127.0.0.1/%d; printf 'GET %s HTTP/1.1\\r\\nHost: %s\\r\\nConnection: close\\r\\n\\r\\n' >&3; cat <&3"
            .formatted(uri.getPort(), link, uri.getAuthority());
    var other =
        new ProcessBuilder(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                "bash",
                "-c",
                program)
            .redirectErrorStream(true)
            .start();
    String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said).startsWith("HTTP/1.1 403 ").contains("belongs to another user");
    assertThat(get(link, "")).as("the link is still good").startsWith("HTTP/1.1 200 ");
  }

  @Test
  void twelve_pages_can_be_open_at_once() throws Exception {
    sandbox.start().until("worker.1 is up");
    signIn();
    var uri = URI.create(address);
    String ask =
        "GET %sevents HTTP/1.1\r\nHost: %s\r\n%s\r\n".formatted(root, uri.getAuthority(), cookie);
    var pages = new ArrayList<Socket>();
    try {
      for (int i = 0; i < 13; i++) {
        var page = new Socket(uri.getHost(), uri.getPort());
        pages.add(page);
        page.getOutputStream().write(ask.getBytes(StandardCharsets.UTF_8));
        String status = new String(page.getInputStream().readNBytes(12), StandardCharsets.UTF_8);
        assertThat(status).isEqualTo(i < 12 ? "HTTP/1.1 200" : "HTTP/1.1 503");
      }
    } finally {
      for (Socket page : pages) page.close();
    }
    Await.until("a page that was closed makes room", () -> streams(uri, ask), () -> "");
  }

  private static boolean streams(URI uri, String ask) {
    try (var page = new Socket(uri.getHost(), uri.getPort())) {
      page.getOutputStream().write(ask.getBytes(StandardCharsets.UTF_8));
      byte[] status = page.getInputStream().readNBytes(12);
      return new String(status, StandardCharsets.UTF_8).endsWith("200");
    } catch (IOException _) {
      return false;
    }
  }

  @Test
  void it_works_in_the_background() throws Exception {
    sandbox.run("start", "--detach", "--no-proxy", "-p", "" + sandbox.port());
    signIn();
    assertThat(get(root, cookie)).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void the_key_d_opens_it() throws Exception {
    sandbox.given("bin/xdg-open", "#!/bin/sh\necho \"$1\" > opened\n");
    Files.setPosixFilePermissions(
        sandbox.root().resolve("bin/xdg-open"), PosixFilePermissions.fromString("rwxr-xr-x"));
    try (var terminal = sandbox.terminal()) {
      String start = "DISPLAY=:9 PATH=$PWD/bin:$PATH jlocal start --no-proxy -p " + sandbox.port();
      terminal.type(start + "; echo status=$?").until("worker.1 is up");
      said("wait", "worker");
      terminal.press("d").until("opening the dashboard");
      Path opened = sandbox.root().resolve("opened");
      Await.until("a link", () -> LINK.matcher(text(opened)).find(), () -> text(opened));
      terminal.press("C-c").until("status=0");
    }
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void the_crash_page_leads_to_it() throws Exception {
    sandbox.given("Procfile", "web: sleep 1; exit 3\nworker: exec sleep 1000\n");
    String port = "" + (sandbox.port() + 1);
    sandbox
        .jlocal("start", "-p", "" + sandbox.port(), "--proxy-port", port, "--restart", "never")
        .until("web.1 exited with code 3");
    address = "http://localhost:" + port;
    String html = "Accept: text/html\r\n";
    Await.until(
        "the hint", () -> page(html).contains("'jlocal dashboard', or d"), () -> page(html));
    String router = address;
    newLink();
    String dashboard = address;
    address = router;
    assertThat(page(html)).contains("<a href=\"" + dashboard + "/\">Open the dashboard</a>");
  }

  private String page(String fields) {
    try {
      return get("/", fields).replace("&#39;", "'");
    } catch (IOException e) {
      return e.toString();
    }
  }
}
