package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A running app controlled from another terminal. */
@Execution(ExecutionMode.CONCURRENT)
class ControlIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private List<Path> sockets() throws IOException {
    Path folder = sandbox.runtime().resolve("jlocal");
    if (!Files.exists(folder)) return List.of();
    try (var files = Files.list(folder)) {
      return files
          .filter(it -> !Files.isDirectory(it) && !it.toString().matches(".*/(ports|front)"))
          .toList(); // locks, never removed, and data
    }
  }

  private Running two() throws IOException {
    sandbox.given("Procfile", "one: exec sleep 1000\ntwo: exec sleep 1000\n");
    return sandbox.start().until("one.1 is up").until("two.1 is up");
  }

  private static void check(Finished done, int status, String... texts) {
    assertThat(done.status()).as("%s%s", done.out(), done.err()).isEqualTo(status);
    assertThat(done.out() + done.err()).contains(texts);
  }

  @Test
  void ps_shows_what_runs() throws Exception {
    Running run = two();

    Finished ps = sandbox.run("ps");
    check(ps, 0, "NAME", "one.1", "two.1", "up", "" + sandbox.port());
    check(sandbox.run("ps", "--json"), 0, "{\"name\":\"one.1\",\"state\":\"up\",\"pid\":");
    run.stop();
  }

  @Test
  void an_app_is_steered_from_elsewhere_with_d() throws Exception {
    Running run = two();
    String root = sandbox.root().toString();

    var elsewhere =
        sandbox.shell("cd / && jlocal ps -d '" + root + "' && jlocal stop -d '" + root + "'");

    check(elsewhere.end(), 0, "one.1", "the app has ended");
    assertThat(run.end().status()).isZero();
  }

  @Test
  void stop_returns_when_nothing_is_left() throws Exception {
    Running run = two();

    check(sandbox.run("stop"), 0, "the app has ended");

    assertThat(sandbox.children()).isEmpty();
    assertThat(sockets()).isEmpty();
    assertThat(run.end().status()).isZero();
  }

  @Test
  void a_stopped_process_stays_so_until_it_is_started() throws Exception {
    Running run = two();

    check(sandbox.run("stop", "two"), 0, "two.1 is stopped");
    check(sandbox.run("ps"), 0, "down");
    check(sandbox.run("restart", "one"), 0, "one.1 is up");
    check(sandbox.run("scale", "one=2"), 0, "one.2 is up", "now running one at 2");
    assertThat(run.lines("manager")).filteredOn(l -> l.startsWith("two.1 started")).hasSize(1);

    check(sandbox.run("start", "two"), 0, "two.1 is up");
    check(sandbox.run("stop", "one.2"), 0, "one.2 is stopped");
    check(sandbox.run("start", "one.2"), 0, "one.2 is up");
    run.stop();
  }

  @Test
  void a_port_is_announced_only_where_it_is_open() throws Exception {
    sandbox.given(
        "Procfile",
        """
        one: exec sleep 1000
        # jlocal: ready=port
        listens: exec python3 -m http.server $PORT --bind 127.0.0.1
        """);
    Running run = sandbox.start().until("one.1 is up").until("listens.1 is up");

    Finished one = sandbox.run("restart", "one");

    assertThat(one.out()).contains("one.1 is up, pid").doesNotContain("port");
    check(sandbox.run("start", "listens"), 0, "listens.1 is up on port " + (sandbox.port() + 100));
    assertThat(run.lines("manager")).anyMatch(line -> line.matches("one.1 started with pid \\d+"));
    run.stop();
  }

  @Test
  void restarts_after_a_crash_are_counted_apart_from_those_that_were_ordered() throws Exception {
    sandbox.given("Procfile", "one: [ -e done ] && exec sleep 1000; touch done; exit 1\n");
    Running run = sandbox.start().until("one.1 is up");

    check(sandbox.run("ps", "--json"), 0, "\"restarts\":1,\"ordered_restarts\":0,");
    check(sandbox.run("restart"), 0, "one.1 is up");
    check(sandbox.run("restart"), 0, "one.1 is up");
    check(sandbox.run("ps", "--json"), 0, "\"restarts\":1,\"ordered_restarts\":2,");
    run.stop();
  }

  @Test
  void a_crash_instead_of_coming_up_is_reported_with_its_last_lines() throws Exception {
    sandbox.given("Procfile", "ok: exec sleep 1000\nbad: echo last output; exit 3\n");
    Running run = sandbox.start("--restart", "never", "-x", "bad").until("ok.1 is up");

    check(sandbox.run("scale", "bad=1"), 1, "bad.1 exited with code 3", "last output");
    check(sandbox.run("start", "bad"), 1, "bad.1 exited with code 3");
    run.stop();
  }

  @Test
  void nothing_is_changed_when_one_of_several_cannot_be() throws Exception {
    Running run = two();

    check(sandbox.run("scale", "one=3", "tow=2"), 2, "did you mean 'two'?");
    check(sandbox.run("scale"), 0, "one=1 two=1");
    check(sandbox.run("restart", "one", "on.1"), 2, "did you mean 'one.1'?");
    check(sandbox.run("stop", "one.2"), 2, "one has one instance, one.1");
    assertThat(run.lines("manager")).noneMatch(line -> line.contains("terminated"));
    run.stop();
  }

  @Test
  void a_busy_port_is_found_before_anything_changes() throws Exception {
    Running run = two();
    try (var _ = new java.net.ServerSocket(sandbox.port() + 2)) {
      check(
          sandbox.run("scale", "one=3"),
          2,
          "port " + (sandbox.port() + 2) + " for one.3 is in use");
    }
    check(sandbox.run("scale"), 0, "one=1 two=1");
    run.stop();
  }

  @Test
  void a_second_start_turns_to_the_first() throws Exception {
    Running run = two();

    check(sandbox.run("start"), 2, "is already running (pid " + run.pid() + ")", "jlocal stop");
    check(sandbox.run("start", "two", "-p", "4000"), 2, "--port cannot be changed now");
    check(sandbox.run("start", "two=2"), 0, "two.2 is up");
    run.stop();
  }

  @Test
  void only_one_of_many_concurrent_starts_wins() throws Exception {
    sandbox.given("Procfile", "one: exec sleep 1000\n");
    String start = "jlocal start -p " + sandbox.port() + " --no-proxy & ";

    Running all = sandbox.shell(start.repeat(5) + "wait").until("one.1 is up");
    all.until("four refused", () -> all.err().split("is already running", -1).length == 5);

    assertThat(sandbox.children()).filteredOn(p -> p.contains("sleep 1000")).hasSize(1);
    check(sandbox.run("stop"), 0, "the app has ended");
    all.end();
  }

  @Test
  void without_an_app_it_says_so() throws Exception {
    sandbox.given("Procfile", "one: true\n");

    for (String command : List.of("ps", "scale", "restart", "stop", "logs", "open", "reload")) {
      check(sandbox.run(command), 69, "no app is running for", "jlocal start");
    }
    // The person who builds this may have apps of their own.
    assertThat(sandbox.run("ls").out()).doesNotContain(sandbox.root().toString());
  }

  @Test
  void a_killed_app_is_not_listed_and_can_be_started_again() throws Exception {
    Running first = two();
    first.signal("KILL").end();

    check(sandbox.run("ps"), 69, "no app is running");
    Running second = two();
    check(sandbox.run("ps"), 0, "one.1");
    second.stop();
    assertThat(sockets()).isEmpty();
  }

  @Test
  void a_killed_client_changes_nothing() throws Exception {
    sandbox.given("Procfile", "one: trap '' TERM; while :; do sleep 0.1; done\n");
    Running run = sandbox.start("-t", "2").until("one.1 is up");

    Running client = sandbox.jlocal("restart", "one");
    run.until("waiting for one.1");
    client.signal("KILL").end();

    check(sandbox.run("ps"), 0, "one.1");
    run.until("one.1 is up", 2);
    run.stop();
  }

  @Test
  void a_folder_others_can_look_into_is_not_used() throws Exception {
    Files.createSymbolicLink(sandbox.runtime().resolve("jlocal"), sandbox.root());
    sandbox.given("Procfile", "one: exec sleep 1000\n");

    Running run = sandbox.start().until("one.1 is up");

    assertThat(run.out()).contains("are unavailable for this run").contains("is a symbolic link");
    check(sandbox.run("ps"), 69, "is a symbolic link");
    run.stop();
  }

  @Test
  void the_app_of_another_procfile_is_found_when_it_is_the_only_one() throws Exception {
    sandbox.given("Procfile.dev", "dev: exec sleep 1000\n");
    Running run = sandbox.start("-f", "Procfile.dev").until("dev.1 is up");

    check(sandbox.run("ps"), 0, "dev.1");
    check(sandbox.run("ls"), 0, "Procfile.dev", "1 of 1", "" + run.pid());
    run.stop();
  }

  @Test
  void reload_applies_what_changed_and_nothing_else() throws Exception {
    sandbox.given("Procfile", "one: exec sleep 1000\ntwo: exec sleep 1000\n");
    Running run = sandbox.start().until("one.1 is up").until("two.1 is up");
    String before = run.find("one.1 started with pid (\\d+)");

    check(sandbox.run("reload"), 0, "nothing has changed");
    sandbox.given("Procfile", "three: exec sleep 1000\none: exec sleep 1000\n");
    check(
        sandbox.run("reload"),
        0,
        "new: three",
        "gone: two",
        "three.1 is up, pid ",
        "two.1 is stopped");
    check(sandbox.run("ps"), 0, before);
    sandbox.given(".env", "KEY=v4lue\n");
    Finished changed = sandbox.run("reload");
    check(changed, 0, "new config vars: KEY", "one.1 is up", "three.1 is up");
    assertThat(changed.out()).doesNotContain("v4lue");
    sandbox.given("Procfile", "nonsense\n");
    check(sandbox.run("reload"), 2, "Procfile:1");
    run.stop();
  }

  @Test
  void open_prints_the_address_where_there_is_nothing_to_open_it_with() throws Exception {
    Running run = two();
    sandbox.variable("DISPLAY", null).variable("WAYLAND_DISPLAY", null);
    sandbox.given("bin/open", "");

    check(sandbox.run("open"), 0, "http://localhost:" + sandbox.port());
    run.stop();
  }

  @Test
  void a_folder_cannot_write_lines_of_its_own_into_a_list_of_apps() throws Exception {
    String folder = "x\ny\033[31m";
    sandbox.given(folder + "/Procfile", "one: exec sleep 1000\n");
    Running run = sandbox.start("-d", folder).until("one.1 started");

    Finished ls = sandbox.run("ls");

    assertThat(ls.out()).contains("/x\\ny\\x1b[31m ").doesNotContain("\033", "\ny");
    run.stop();
  }

  @Test
  void a_reload_that_waits_for_a_pipe_does_not_delay_other_commands() throws Exception {
    Running run = two();
    sandbox.shell("mkfifo .env").end();
    Running reload = sandbox.jlocal("reload");
    // Opening for writing waits until the reload reads.
    Running writer = sandbox.shell("exec 3>.env; echo open; until [ -e go ]; do sleep 0.05; done");
    writer.until("open");

    check(sandbox.run("ps"), 0, "one.1");
    check(sandbox.run("scale", "one=2"), 0, "one at 2");
    assertThat(reload.isAlive()).isTrue();

    sandbox.given("go", "");
    check(reload.end(), 0, "nothing has changed");
    run.stop();
  }
}
