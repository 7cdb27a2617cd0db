package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Processes that start after others are ready. */
@Execution(ExecutionMode.CONCURRENT)
class OrderIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  /** Opens its PORT late, and reports it. */
  private static final String SERVER =
      "sleep 0.4; echo opening; exec python3 -m http.server $PORT --bind 127.0.0.1";

  private Running start(String procfile, String... more) throws IOException {
    sandbox.given("Procfile", procfile);
    var words = new ArrayList<>(List.of("--no-proxy", "-p", "" + sandbox.port()));
    words.addAll(List.of(more));
    return sandbox.jlocal(Stream.concat(Stream.of("start"), words.stream()).toArray(String[]::new));
  }

  private static void assertOrder(String out, String... texts) {
    int at = 0;
    for (String text : texts) {
      int next = out.indexOf(text, at);
      assertThat(next).as("'%s' in its place in\n%s", text, out).isNotNegative();
      at = next + text.length();
    }
  }

  @Test
  void each_is_started_when_what_it_is_after_is_ready_and_stopped_before_it() throws Exception {
    Running run =
        start(
            """
            # jlocal: after=migrate ready=/
            web: exec python3 -m http.server $PORT --bind 127.0.0.1
            # jlocal: after=db ready=exit
            migrate: echo migrated
            """
                + ("# jlocal: ready=port\ndb: " + SERVER + "\n"));
    run.until("web.1 is up");
    Finished end = run.signal("INT").end();

    assertOrder(
        end.out(),
        "db.1 started",
        "db.1 is up after",
        "ready on port " + (sandbox.port() + 200),
        "migrate.1 started",
        "migrate.1 exited with code 0",
        "web.1 started",
        "web.1 is up after",
        "GET /: 200",
        "web.1 terminated",
        "db.1 terminated");
    assertThat(end.status()).isZero();
  }

  @Test
  void a_line_a_command_or_a_notification_can_be_what_is_waited_for() throws Exception {
    String notify =
        "import os, socket; s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM);"
            + " s.connect(os.environ['NOTIFY_SOCKET']); s.send(b'READY=1\\nSTATUS=serving 7')";
    sandbox.given("notify.py", notify + "\nimport time; time.sleep(1000)\n");
    Running run =
        start(
            """
            # jlocal: after=line,command,told
            last: exec sleep 1000
            # jlocal: ready="log:^ready \\d"
            line: sleep 0.2; printf '\\033[32mready 7\\033[0m\\n'; exec sleep 1000
            # jlocal: ready="exec:test -e $DYNO"
            command: sleep 0.2; touch command.1; exec sleep 1000
            # jlocal: ready=notify
            told: exec python3 notify.py
            """);
    run.until("last.1 is up");

    Finished ps = sandbox.run("ps");
    assertThat(ps.out())
        .contains("serving 7", "its output says so", "'test -e $DYNO' exits with 0");
    String out = run.signal("INT").end().out();
    for (String name : List.of("line.1", "command.1", "told.1")) {
      assertOrder(out, name + " is up", "last.1 started");
    }
  }

  @Test
  void the_socket_for_notifications_is_in_TMPDIR() throws Exception {
    sandbox.variable("TMPDIR", sandbox.runtime().toString());
    Running run =
        start("# jlocal: ready=notify\ntold: echo \"at $NOTIFY_SOCKET\"; exec sleep 1000\n");
    run.until("at " + sandbox.runtime() + "/jlocal-notify");
    run.signal("INT").end();
  }

  @Test
  void a_process_with_a_watchdog_knows_that_it_is_meant() throws Exception {
    Running run =
        start(
            """
            # jlocal: ready=notify watchdog=60
            told: echo "$WATCHDOG_USEC us for ${WATCHDOG_PID/#$$/me}"; exec sleep 1000
            """);
    run.until("60000000 us for me");
    run.signal("INT").end();
  }

  @Test
  void a_process_that_is_not_ready_in_time_is_reported_once_and_others_start() throws Exception {
    Running run =
        start(
            """
            # jlocal: after=db
            web: exec sleep 1000
            # jlocal: after=db
            worker: exec sleep 1000
            # jlocal: ready=port timeout=1
            db: exec sleep 1000
            """);
    run.until("web.1 started").until("worker.1 started");

    String out = run.signal("INT").end().out();
    assertOrder(
        out,
        "db.1 is not ready: 1 s were not enough for its port ",
        "starting web.1, worker.1 without it",
        "web.1 started");
    assertThat(out.split("is not ready", -1)).hasSize(2);
  }

  @Test
  void a_stop_during_the_ordered_start_ends_at_once() throws Exception {
    Running run =
        start("# jlocal: after=db\nweb: echo never\n# jlocal: ready=port\ndb: exec sleep 1000\n");
    run.until("web.1 waits for db.1").until("db.1 started");

    Finished end = run.signal("INT").end();

    assertThat(end.out()).doesNotContain("web.1 started", "killed");
    assertThat(end.status()).isZero();
  }

  @Test
  void a_restart_leaves_dependents_alone_unless_they_are_asked_for() throws Exception {
    Running run = start("# jlocal: after=db\napi: exec sleep 1000\ndb: exec sleep 1000\n");
    run.until("api.1 started");

    assertThat(sandbox.run("restart", "db").out()).contains("db.1 is up").doesNotContain("api.1");
    Finished both = sandbox.run("restart", "db", "--dependents");
    assertOrder(both.out(), "db.1 is up", "api.1 is");

    String out = run.signal("INT").end().out();
    assertThat(out.split("api.1 started", -1)).hasSize(3);
    assertOrder(out, "db.1 started", "db.1 started", "db.1 started", "api.1 started");
  }

  @Test
  void a_named_type_brings_what_it_is_after() throws Exception {
    String procfile =
        """
        # jlocal: after=db
        web: exec sleep 1000
        db: exec sleep 1000
        worker: exec sleep 1000
        # jlocal: after=cache
        job: exec sleep 1000
        cache: exec sleep 1000
        """;
    Running run = start(procfile, "web");
    run.until("web.1 started").until("control", this::isControlled);

    Finished job = sandbox.run("start", "job");
    assertThat(job.out()).as("%s", job).contains("cache.1 is up", "job.1 is");
    assertOrder(run.out(), "cache.1 is up", "job.1 started");

    assertThat(run.signal("INT").end().out()).doesNotContain("worker.1 started");
  }

  /** Its control socket is opened behind its first start. */
  private boolean isControlled() {
    try {
      return sandbox.run("ps").status() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void wait_tells_scripts_what_has_come_of_instances() throws Exception {
    assertThat(sandbox.given("Procfile", "ok: x\n").run("wait").status()).isEqualTo(69);
    Running run =
        start(
            """
            ok: exec sleep 1000
            late: until [ -e go ]; do sleep 0.1; done
            bad: until [ -e go ]; do sleep 0.1; done; echo last words; exit 3
            """,
            "--restart",
            "never");
    run.until("late.1 started");

    Finished ok = sandbox.run("wait", "ok", "--timeout", "30");
    assertThat(ok.status()).as(ok.err()).isZero();
    assertThat(ok.out()).isEmpty();
    Finished late = sandbox.run("wait", "late", "--for", "exit", "--timeout", "0.2");
    assertThat(late.status()).as(late.err()).isEqualTo(124);
    sandbox.given("go", "");
    Finished bad = sandbox.run("ps:wait", "bad.1", "--for", "exit");
    assertThat(bad.status()).isEqualTo(1);
    assertThat(bad.err()).contains("bad.1 exited with code 3", "last words");
    assertThat(sandbox.run("wait", "late", "--for", "exit", "--json").out())
        .startsWith("{\"result\":\"done\"");
    run.signal("INT").end();
  }

  @Test
  void check_says_what_is_after_what_and_why() throws Exception {
    sandbox.given(
        "Procfile",
        """
        # jlocal: after=migrate
        web: x
        # jlocal: ready=exit
        migrate: y
        db: exec postgres -D x
        """);

    assertThat(sandbox.run("check").out())
        .contains(
            "  1  db (a listening port)\n  2  migrate (its end)\n  3  web\n",
            "migrate after db, because db is postgres");

    sandbox.given("Procfile", "# jlocal: aftr=db\nweb: x\ndb: y\n");
    Finished wrong = sandbox.run("check");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("Procfile:1: error: unknown 'aftr'; did you mean 'after'?");
  }

  @Test
  void changed_variables_come_with_a_reload_that_says_what_it_restarts() throws Exception {
    sandbox.given(".env", "KEY=1\n");
    Running run = start("one: exec sleep 1000\ntwo: exec sleep 1000\n").until("two.1 started");

    sandbox.given(".env", "KEY=2\n");
    assertThat(sandbox.run("restart", "one").out())
        .contains("changed config vars: KEY", "use 'jlocal reload'");
    assertThat(sandbox.run("reload").out()).contains("restarting one.1, two.1: KEY changed");
    assertThat(sandbox.run("restart", "one").out()).doesNotContain("reload");
    run.signal("INT").end();
  }
}
