package jlocal.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jlocal.control.InstanceStatus;
import jlocal.control.Reply;
import jlocal.json.JsonFields.Malformed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The replies of a running app, with real processes. */
@Timeout(120)
class CommandHandlerIT {
  private static final String WORKER = "worker: exec sleep 1000\n";
  private static final String JOB = "job: exec sleep 1000\n";

  @TempDir Path root;
  private AppFixture app;

  @BeforeEach
  void start() throws Exception {
    app = new AppFixture(root, WORKER + JOB, AppFixture.anyPort());
    app.start();
    assertThat(app.ask("await")).isInstanceOf(Reply.Done.class);
  }

  @AfterEach
  void end() {
    app.close();
  }

  private String done(String command, Object... arguments) {
    Reply reply = app.ask(command, arguments);
    assertThat(reply).isInstanceOf(Reply.Done.class);
    return String.join("\n", ((Reply.Done) reply).did());
  }

  private String states() {
    var states = new StringBuilder();
    for (InstanceStatus each : ((Reply.Instances) app.ask("ps")).instances()) {
      states.append(each.name()).append(' ').append(each.state()).append(' ');
    }
    return states.toString().strip();
  }

  @Test
  void an_order_is_answered_when_it_has_been_carried_out() {
    assertThat(done("scale", "changes", List.of("worker=2"), "await", true))
        .contains("worker.2 is up", "now running");
    assertThat(states()).isEqualTo("worker.1 up worker.2 up job.1 up");

    assertThat(done("stop", "names", List.of("job"))).isEqualTo("job.1 is stopped");
    assertThat(states()).endsWith("job.1 down");

    assertThat(done("start", "names", List.of("job"), "await", true)).startsWith("job.1 is up");
    assertThat(done("restart", "names", List.of("worker"), "await", true))
        .contains("worker.1 is up", "worker.2 is up");
    assertThat(app.ask("scale", "changes", List.of(), "await", true))
        .isEqualTo(new Reply.Counts(new java.util.LinkedHashMap<>(Map.of("worker", 2, "job", 1))));
  }

  @Test
  void a_reload_starts_stops_and_restarts_what_changed() throws Exception {
    app.procfile("worker: exec sleep 2000\nclock: exec sleep 1000\n");

    assertThat(done("reload", "await", true))
        .contains("changed: worker", "new: clock", "gone: job", "worker.1 is up", "clock.1 is up")
        .contains("job.1 is stopped");
    assertThat(done("reload", "await", true)).isEqualTo("nothing has changed");
  }

  @Test
  void the_result_of_a_reload_is_reported_once() throws Exception {
    app.procfile("worker: exec sleep 2000\njob: exec sleep 1000\nclock: exec sleep 1000\n");

    assertThat(app.ask("reload", "await", false))
        .isEqualTo(
            new Reply.Done(
                List.of(
                    "changed: worker: exec sleep 2000",
                    "new: clock: exec sleep 1000",
                    "restarting worker.1: its command has changed")));
  }

  @Test
  void a_crash_is_answered_with_the_last_lines() throws Exception {
    app.procfile(WORKER + "job: echo the reason; exit 3\n");

    Reply reply = app.ask("reload", "await", true);

    assertThat(reply).isInstanceOf(Reply.Failed.class);
    var failed = (Reply.Failed) reply;
    assertThat(failed.crashed()).isTrue();
    assertThat(failed.failed()).anyMatch(line -> line.contains("exited with code 3"));
    assertThat(failed.failed()).contains("  the reason");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          start   | wrker    | did you mean 'worker'?
          stop    | worker.7 | there is no worker.7
          restart | zzz      | there is no 'zzz'
          """)
  void an_order_about_something_else_is_refused(String command, String name, String why) {
    Reply reply = app.ask(command, "names", List.of("job", name), "await", true);

    assertThat(reply).isInstanceOf(Reply.Refused.class);
    assertThat(((Reply.Refused) reply).why()).contains(why);
    assertThat(states()).isEqualTo("worker.1 up job.1 up");
  }

  @Test
  void an_unreadable_procfile_changes_nothing() throws Exception {
    app.procfile("worker exec sleep 1000\n");

    assertThat(app.ask("reload", "await", true)).isInstanceOf(Reply.Refused.class);
    assertThat(states()).isEqualTo("worker.1 up job.1 up");
  }

  @Test
  void a_process_without_a_terminal_cannot_be_connected_to() {
    Reply reply = app.ask("connect", "name", "job", "rows", 24, "columns", 80);

    assertThat(((Reply.Refused) reply).why()).contains("has no terminal");
  }

  @Test
  void an_unknown_command_or_missing_argument_is_reported() {
    assertThatThrownBy(() -> app.ask("dance"))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("does not know");
    assertThatThrownBy(() -> app.ask("scale", "await", true))
        .isInstanceOf(Malformed.class)
        .hasMessage("'changes' is missing");
  }

  @Test
  void the_end_is_answered_when_nothing_is_left() {
    Reply ordered = app.ask("stop", "names", List.of());
    assertThat(app.shutdown.await()).isZero();

    assertThat(ordered).isInstanceOf(Reply.Done.class);
    assertThat(app.handler.ended()).isEqualTo(new Reply.Done(List.of("the app has ended")));
    assertThat(states()).isEqualTo("worker.1 down job.1 down");
  }
}
