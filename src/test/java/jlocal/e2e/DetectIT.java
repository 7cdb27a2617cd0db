package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Apps without a Procfile, and commands typed in a folder below. */
class DetectIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @Test
  void a_page_is_served_without_a_procfile() throws IOException {
    sandbox.given("index.html", "<h1>here</h1>\n");

    Finished check = sandbox.run("check");
    Running run = sandbox.start().until("web.1 is up");

    assertThat(check.out()).contains("python3 -m http.server", "because of index.html");
    assertThat(run.out()).contains("no Procfile: web runs  python3 -m http.server");
    assertThat(sandbox.run("ps").out()).contains("web.1");
    assertThat(sandbox.run("stop").status()).isZero();
    assertThat(run.end().status()).isZero();
  }

  @Test
  void commands_find_the_app_above_and_say_where_it_is() throws IOException {
    sandbox.given("Procfile", "worker: pwd; exec sleep 1000\n").given("src/deep/x", "");
    Running run = sandbox.shell("cd src/deep && jlocal start -p " + sandbox.port() + " --no-proxy");
    run.until("worker.1 is up");

    Finished ps = sandbox.shell("cd src && jlocal ps").end();
    Finished one = sandbox.shell("cd src && jlocal run pwd").end();

    assertThat(run.out()).contains(" | " + sandbox.root() + "\n");
    assertThat(run.err()).contains("jlocal: the app is in " + sandbox.root());
    assertThat(ps.out()).contains("worker.1");
    assertThat(ps.err()).isEqualTo("jlocal: the app is in " + sandbox.root() + "\n");
    assertThat(one.out()).isEqualTo(sandbox.root() + "/src\n");
    assertThat(one.err()).isEmpty();
    assertThat(sandbox.shell("cd src/deep && jlocal stop").end().status()).isZero();
    assertThat(run.end().status()).isZero();
  }

  @Test
  void a_server_that_ignores_port_gets_its_flag_through_npm() throws IOException {
    sandbox
        .given("package.json", "{\"scripts\":{\"dev\":\"vite\"}}")
        .given("node_modules/.bin/vite", "#!/bin/sh\necho args: \"$@\" port: $PORT\nsleep 1000\n");
    Files.setPosixFilePermissions(
        sandbox.root().resolve("node_modules/.bin/vite"),
        PosixFilePermissions.fromString("rwxr-xr-x"));

    Running run = sandbox.start().until("args:");

    int port = sandbox.port();
    assertThat(run.out())
        .contains("args: --port " + port + " --strictPort port: " + port)
        .contains("web: vite ignores PORT, so it gets  -- --port $PORT --strictPort");
    sandbox.run("stop");
    run.end();
  }

  @Test
  void init_finds_the_app_above_and_a_detached_start_says_once_where_it_is() throws IOException {
    sandbox.given("Procfile", "worker: exec sleep 1000\n").given("src/x", "");
    String start = "cd src && jlocal start --detach --no-proxy -p " + sandbox.port();

    Finished init = sandbox.shell("cd src && jlocal init").end();
    Finished started = sandbox.shell("JLOCAL_PROT=1; export JLOCAL_PROT; " + start).end();

    String where = "jlocal: the app is in " + sandbox.root() + "\n";
    assertThat(init.err()).isEqualTo(where);
    assertThat(init.out()).contains("Procfile: is there and stays");
    assertThat(started.status()).isZero();
    assertThat(started.err()).containsOnlyOnce(where).containsOnlyOnce("JLOCAL_PROT");
    sandbox.run("stop");
  }

  @Test
  void init_asks_and_writes_only_after_a_yes() throws Exception {
    sandbox.given("index.html", "x").given(".env.example", "TOKEN=\n");
    try (var terminal = sandbox.terminal()) {
      for (List<String> keys :
          List.of(List.of("C-d"), List.of("n", "Enter"), List.of("x", "Enter"), List.of("Enter"))) {
        assertThat(sandbox.root().resolve("Procfile")).doesNotExist();
        terminal.type("clear; jlocal init; echo status=$?").until("TOKEN=").type("a");
        terminal.until("write this? [Y/n]");
        for (String key : keys) terminal.press(key);
        terminal.until("status=0");
      }
    }
    assertThat(sandbox.file(".env")).isEqualTo("TOKEN=a\n");
  }

  @Test
  void the_end_of_the_input_chooses_no_app() throws Exception {
    sandbox.given("api/Procfile", "web: true\n").given("b/Procfile", "web: true\n");
    try (var terminal = sandbox.terminal()) {
      terminal.type("jlocal start; echo status=$?").until("which? [1]");
      terminal.press("C-d").until("status=2").until("several apps to choose from");
    }
  }

  @Test
  void init_fails_where_it_detects_nothing() throws IOException {
    Finished done = sandbox.run("init", "--yes");
    assertThat(done.out()).startsWith("cannot detect what to run here: write a Procfile");
    assertThat(done.status()).isEqualTo(2);
  }

  @Test
  void init_writes_what_is_missing_and_nothing_twice() throws IOException {
    sandbox.given("index.html", "x").given(".env.example", "TOKEN=\nA=1\n").given(".gitignore", "");

    Finished shown = sandbox.run("init");
    Finished written = sandbox.run("init", "--yes");
    Finished again = sandbox.run("init", "--yes");

    assertThat(shown.status()).isEqualTo(2);
    assertThat(shown.out()).contains("Procfile (index.html):", "web: python3", "TOKEN");
    assertThat(shown.err()).contains("--yes");
    assertThat(written.status()).isZero();
    assertThat(sandbox.file("Procfile")).startsWith("web: python3 -m http.server $PORT");
    assertThat(sandbox.file(".env")).isEqualTo("TOKEN=\nA=1\n");
    assertThat(Files.getPosixFilePermissions(sandbox.root().resolve(".env"))).hasSize(2);
    assertThat(sandbox.file(".gitignore")).isEqualTo(".env\n");
    assertThat(again.out()).contains("Procfile: is there and stays", ".env: is there and stays");
    assertThat(sandbox.file(".gitignore")).isEqualTo(".env\n");
  }

  @Test
  void several_apps_are_listed_where_no_person_can_be_asked() throws IOException {
    sandbox.given("a/Procfile", "web: true\n").given("b/Procfile", "web: true\n");

    Finished start = sandbox.run("start");

    assertThat(start.status()).isEqualTo(2);
    assertThat(start.err()).contains("a (a Procfile), b (a Procfile)");
  }
}
