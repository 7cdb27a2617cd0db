package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The limits of the calling shell; ulimit is bash's name for getrlimit(2). */
class LimitsIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private String start(String more) {
    return "exec \"" + sandbox.launcher() + "\" start --no-proxy -p " + sandbox.port() + more;
  }

  /** The JVM raises its limit of open files, which children would inherit. */
  @Test
  void a_child_may_open_as_many_files_as_the_caller() throws IOException {
    sandbox.given("Procfile", "web: ulimit -S -n\n");

    Finished done = sandbox.shell("ulimit -S -n 300; " + start("")).end();

    assertThat(done.lines("web.1")).containsExactly("300");
  }

  @Test
  void a_one_off_may_open_as_many_files_as_the_caller() throws IOException {
    Finished done = sandbox.shell("ulimit -S -n 300; jlocal run bash -c 'ulimit -S -n'").end();

    assertThat(done.out()).isEqualTo("300\n");
  }

  @Test
  void too_few_open_files_are_a_sentence_not_a_trace() throws IOException {
    sandbox.given("Procfile", "web: read line <go\n");

    Running run = sandbox.shell("mkfifo go; ulimit -n 64; " + start(" -m web=100 </dev/null"));
    run.until("could not be started: too many open files (see ulimit -n)", 20);
    // When the JDK finds no room for its own pipes, it closes this one, which it never opened.
    Path stdin = Path.of("/proc/" + run.pid() + "/fd/0");
    if (Files.isDirectory(Path.of("/proc/self/fd"))) {
      assertThat(stdin.toRealPath()).isEqualTo(Path.of("/dev/null"));
    }
    run.signal("TERM");
    Finished done = run.end();

    assertThat(done.out() + done.err()).doesNotContain("Exception", "\tat ");
    assertThat(done.status()).isZero();
  }

  @Test
  void clients_that_take_all_files_block_control_only_for_a_moment() throws Exception {
    sandbox.given("Procfile", "one: sleep 1000\n");
    Running app = sandbox.shell("ulimit -n 64; " + start(""));
    app.until("one.1 is up");
    var clients = new ArrayList<SocketChannel>();
    // More than there are files for, but not twice as many: those wait five seconds for another.
    for (int i = 0; i < 60; i++) {
      clients.add(
          SocketChannel.open(
              UnixDomainSocketAddress.of(socketIn(sandbox.runtime().resolve("jlocal")))));
    }
    Duration before = cpu(app);
    assertThat(sandbox.run("ps").out()).contains("one.1");
    // It takes the five seconds in which one of the clients could have sent a request.
    assertThat(cpu(app).minus(before)).isLessThan(Duration.ofMillis(2500));
    for (SocketChannel each : clients) each.close();
    app.stop();
  }

  /** Each reader of the log keeps its connection, and its thread. */
  @Test
  void with_all_files_in_use_ps_says_so_and_stop_works() throws Exception {
    sandbox.given("Procfile", "one: sleep 1000\n");
    Running app = sandbox.shell("ulimit -n 64; " + start(""));
    app.until("one.1 is up");
    var readers = new ArrayList<SocketChannel>();
    var socket = UnixDomainSocketAddress.of(socketIn(sandbox.runtime().resolve("jlocal")));
    String logs =
        """
        {"v":1,"do":"logs","tail":true,"lines":1,"names":[],"source":"","grep":"","since":0,"color":false,"json":false}
        """;
    byte[] ask = logs.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 60; i++) {
      var reader = SocketChannel.open(socket);
      reader.write(ByteBuffer.wrap(ask));
      readers.add(reader);
    }

    Finished asked = sandbox.run("ps");

    assertThat(asked.err()).contains("jlocal has no open files left (see ulimit -n)");
    assertThat(sandbox.run("stop").status()).isZero();
    assertThat(app.end().status()).isZero();
    for (SocketChannel each : readers) each.close();
  }

  @Test
  void clients_of_the_router_leave_files_for_everything_else() throws Exception {
    sandbox.given("Procfile", "web: exec python3 -m http.server $PORT --bind 127.0.0.1\n");
    String jlocal = "exec \"" + sandbox.launcher() + "\" start --proxy-port 0 -p " + sandbox.port();
    Running app = sandbox.shell("ulimit -n 200; " + jlocal);
    app.until("web.1 is up").until("web is on http");
    int router = Integer.parseInt(app.find("web is on http://localhost:(\\d+)"));
    var clients = new ArrayList<SocketChannel>();
    for (int i = 0; i < 400; i++) {
      clients.add(
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), router)));
    }

    assertThat(sandbox.run("ps").out()).contains("web.1  up");
    app.signal("KILL", Long.parseLong(app.find("web.1 started with pid (\\d+)")));
    app.until("web.1 is up", 2);
    assertThat(app.out()).doesNotContain("too many open files");
    assertThat(sandbox.run("stop").status()).isZero();
    assertThat(app.end().status()).isZero();
    for (SocketChannel each : clients) each.close();
  }

  private static Path socketIn(Path folder) throws IOException {
    try (var files = Files.newDirectoryStream(folder, "*.sock")) {
      return files.iterator().next();
    }
  }

  private static Duration cpu(Running app) {
    return ProcessHandle.of(app.pid()).orElseThrow().info().totalCpuDuration().orElseThrow();
  }
}
