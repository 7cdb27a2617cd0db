package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code drains}, {@code drains:add} and {@code drains:remove}. */
@Execution(ExecutionMode.CONCURRENT)
class DrainsIT {
  /** Writes its input to standard output, one chunk per line. */
  private static final String RECEIVER =
      """
      import socket, sys
      server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
      print("open", flush=True)
      while True:
          client = server.accept()[0]
          while data := client.recv(65536):
              sys.stdout.buffer.write(data)
              sys.stdout.flush()
      """;

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @Test
  void a_drain_gets_the_log_at_once_and_at_later_starts() throws Exception {
    String url = "syslog://127.0.0.1:" + (sandbox.port() + 50);
    sandbox.given("receiver.py", RECEIVER);
    sandbox.given("Procfile", "worker: echo begin; read -r _ < go; echo more; exec sleep 1000\n");
    sandbox.shell("mkfifo go").end();
    Running receiver =
        sandbox.shell("exec python3 receiver.py " + (sandbox.port() + 50)).until("open");
    assertThat(sandbox.run("drains").err()).contains("no drains");
    Running run = sandbox.start().until("begin").until("worker.1 is up");

    String added = sandbox.run("drains:add", url).out();
    assertThat(added).startsWith("Successfully added drain " + url + " (d.");
    assertThat(sandbox.run("drains").out()).isEqualTo(added.substring(25));
    sandbox.shell("echo > go").end();
    String token = added.replaceAll("(?s).*\\((.*)\\).*", "$1");
    receiver.until(" " + token + " app worker.1 - - more\n");
    run.stop();
    receiver.until(" heroku worker.1 - - worker.1 terminated by SIGTERM");
    assertThat(receiver.out()).doesNotContain("begin").containsPattern("open\n[0-9]+ <190>1 20");

    Running again = sandbox.start().until("begin");
    receiver.until(" app worker.1 - - begin\n");
    assertThat(sandbox.run("drains:remove", token).out()).contains("Successfully removed drain");
    assertThat(sandbox.run("drains:remove", token).status()).isEqualTo(2);
    again.stop();
    receiver.signal("TERM").end();
  }

  @Test
  void a_url_is_checked_and_kept_to_its_owner() throws Exception {
    sandbox.given("Procfile", "web: true\n");
    assertThat(sandbox.run("drains:add", "ftp://x").err()).contains("is not the URL of a drain");
    assertThat(sandbox.run("drains:add", "https://a:secret@x.example/token").out())
        .startsWith("Successfully added drain https://****@x.example/**** (d.");
    assertThat(sandbox.run("drains:add", "https://a:secret@x.example/token").status()).isEqualTo(2);
    Path file;
    try (var files = Files.list(sandbox.runtime().resolve("jlocal/drains"))) {
      file = files.findFirst().orElseThrow();
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }
}
