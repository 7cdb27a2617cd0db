package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The log in a terminal. */
@Execution(ExecutionMode.CONCURRENT)
class LogIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @Test
  void each_line_has_one_prefix_padded_to_the_widest() throws Exception {
    sandbox.given("Procfile", "web: printf 'one\\n\\ntwo'\nbackground: echo out; echo err >&2\n");

    Finished done = sandbox.start().end();

    assertThat(done.out().lines())
        .contains(
            "web.1        | one",
            "web.1        | ",
            "web.1        | two",
            "background.1 | out",
            "background.1 | err")
        .allMatch(line -> line.matches("(web\\.1       |background\\.1|manager     ) \\| .*"));
    assertThat(done.err()).isEmpty();
  }

  @Test
  void no_line_is_lost_or_mixed_with_another() throws Exception {
    sandbox.given(
        "Procfile", "a: seq -f 'a%06g' 1 50000\nb: seq -f 'b%06g' 1 50000; printf 'last'\n");

    Finished done = sandbox.start().end();

    var expected = IntStream.rangeClosed(1, 50_000);
    assertThat(done.lines("a.1"))
        .containsExactlyElementsOf(expected.mapToObj(i -> "a%06d".formatted(i)).toList());
    assertThat(done.lines("b.1")).hasSize(50_001).endsWith("b050000", "last");
  }

  @Test
  void the_last_lines_come_before_the_exit_message() throws Exception {
    sandbox.given("Procfile", "web: seq 1 20000; printf 'aaargh' >&2; exit 3\n");

    Finished done = sandbox.start("--restart", "never").end();

    int words = done.out().indexOf("web.1   | aaargh");
    assertThat(words).isPositive().isLessThan(done.out().indexOf("web.1 exited with code 3"));
    assertThat(done.status()).isEqualTo(3);
  }

  @Test
  void without_prefix_lines_are_as_the_child_wrote_them() throws Exception {
    sandbox.given("Procfile", "web: printf '  two blanks\\n'\n");

    assertThat(sandbox.start("--no-prefix").end().out().lines()).contains("  two blanks");
  }

  @Test
  void time_is_shown_when_asked_for() throws Exception {
    sandbox.given("Procfile", "web: echo hello\n");

    assertThat(sandbox.start("--timestamp").end().out())
        .containsPattern("(?m)^\\d\\d:\\d\\d:\\d\\d web.1   \\| hello$");
  }

  @Test
  void a_child_cannot_move_the_cursor_or_forge_another_line() throws Exception {
    sandbox.given("Procfile", "web: printf 'a\\033[2Jb\\033]0;title\\007c\\033[1Ad\\n'\n");

    assertThat(sandbox.start("--color", "always").end().out())
        .contains("abcd\n")
        .doesNotContain("\033[2J");
  }

  /** Like Vite on a terminal, in three writes. */
  @Test
  void lines_that_are_erased_at_once_are_not_shown() throws Exception {
    String clear = "printf '\\n%.0s' $(seq 44); printf '\\033[1;1H'; printf '\\033[0J'; ";
    sandbox.given(
        "Procfile", "web: echo one; " + clear + "echo; echo two; " + clear + "echo end\n");

    assertThat(sandbox.start("--tty", "always").end().lines("web.1"))
        .containsExactly("one", "", "two", "end");
    assertThat(sandbox.start("--raw").end().lines("web.1")).hasSizeGreaterThan(88);
  }

  @Test
  void colours_are_for_terminals_unless_asked_for() throws Exception {
    sandbox.given("Procfile", "web: printf '\\033[32mgreen\\033[0m\\n'\n");

    assertThat(sandbox.start().end().out()).contains("| green\n").doesNotContain("\033");
    assertThat(sandbox.start("--color=always").end().out()).contains("\033[32mgreen");
  }

  @Test
  void json_is_an_object_a_line_for_everybody() throws Exception {
    sandbox.given("Procfile", "web: printf 'say \"a\"\\t\\377\\n'\n");

    Finished done = sandbox.start("--log-format", "json").end();

    String time = "\\{\"time\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\",";
    assertThat(done.out().lines())
        .allMatch(line -> line.matches(time + "\"source\":.*\\}"))
        .anyMatch(line ->
            line.endsWith(
                "\"source\":\"web.1\",\"stream\":\"app\",\"text\":\"say \\\"a\\\"\\t\\\\xff\"}"))
        .anyMatch(line -> line.contains("\"source\":\"manager\",\"stream\":\"manager\""));
  }

  @Test
  void a_hidden_process_runs_but_is_not_shown() throws Exception {
    sandbox.given("Procfile", "a: echo one\nwordy: echo two > made; echo two\n");

    Finished done = sandbox.start("--hide", "wordy,manager").end();

    assertThat(done.out()).isEqualTo("a.1    | one\n");
    assertThat(sandbox.file("made")).isEqualTo("two\n");
  }

  @Test
  void an_unknown_name_to_hide_is_an_error() throws Exception {
    sandbox.given("Procfile", "web: echo one\n");

    Finished done = sandbox.start("--hide", "manger").end();

    assertThat(done.status()).isEqualTo(2);
    assertThat(done.err()).contains("--hide: no process type 'manger'; did you mean 'manager'?");
    assertThat(done.out()).isEmpty();
  }

  @Test
  void log_files_have_all_that_was_written_also_by_the_hidden() throws Exception {
    sandbox.given("Procfile", "a: seq 1 50000\nb: echo two\n");

    sandbox.start("--log-dir", "new/logs", "--hide", "b").end();

    assertThat(sandbox.file("new/logs/a.1.log").lines().map(line -> line.substring(20)))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 50_000).mapToObj(Integer::toString).toList());
    assertThat(sandbox.file("new/logs/b.1.log")).endsWith(" two\n");
    assertThat(sandbox.file("new/logs/all.log").lines()).hasSizeGreaterThan(50_001);
    assertThat(sandbox.file("new/logs/manager.log")).contains("a.1 exited with code 0");
  }

  @Test
  void full_log_files_are_rotated_and_a_few_are_kept() throws Exception {
    sandbox.given("Procfile", "a: seq -f '%0100g' 1 50000\n");

    sandbox.start("--log-dir", "logs", "--log-size", "1", "--log-keep", "2").end();

    for (String file : List.of("a.1.log", "a.1.log.1", "a.1.log.2", "all.log.2")) {
      assertThat(sandbox.file("logs/" + file)).hasSizeBetween(1, 1_000_000).endsWith("\n");
    }
    assertThat(sandbox.root().resolve("logs/a.1.log.3")).doesNotExist();
  }

  @Test
  void log_files_are_their_owners_whatever_the_umask() throws Exception {
    sandbox.given("Procfile", "web: umask\n");
    String start = "jlocal start --no-proxy --log-dir new/logs -p " + sandbox.port();

    Finished done = sandbox.shell("umask 000; " + start).end();

    assertThat(done.lines("web.1")).containsExactly("0000");
    assertThat(modes("new", "new/logs")).containsOnly("rwx------");
    assertThat(modes("new/logs/web.1.log", "new/logs/manager.log", "new/logs/all.log"))
        .containsOnly("rw-------");
  }

  private List<String> modes(String... files) throws IOException {
    var modes = new ArrayList<String>();
    for (String file : files) {
      Path path = sandbox.root().resolve(file);
      modes.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }
    return modes;
  }

  @Test
  void a_log_file_moved_away_or_deleted_is_begun_anew() throws Exception {
    sandbox.given("Procfile", "a: while true; do echo line; sleep 0.1; done\n");
    Running run = sandbox.start("--log-dir", "logs").until("line");
    Path file = sandbox.root().resolve("logs/a.1.log");

    run.until("a file", () -> Files.exists(file));
    Files.move(file, file.resolveSibling("moved"));
    run.until("a file after the move", () -> Files.exists(file));
    long moved = Files.size(file.resolveSibling("moved"));
    sandbox.shell("rm -r logs").end();
    run.until("a file after the deletion", () -> Files.exists(file));

    assertThat(moved).isPositive();
    run.stop();
  }

  @Test
  void where_no_log_files_can_be_nothing_starts() throws Exception {
    sandbox.given("Procfile", "web: echo one\n").given("file", "");

    Finished done = sandbox.start("--log-dir", "file").end();

    assertThat(done.status()).isEqualTo(2);
    assertThat(done.err()).contains("no log files in file: it is not a folder");
    assertThat(done.out()).isEmpty();
  }

  @Test
  void a_quiet_app_ends_when_the_reader_of_its_log_exits() throws Exception {
    sandbox.given("Procfile", "web: echo one; echo two; exec sleep 1000\n");
    String start = "jlocal start --no-proxy --hide manager -p " + sandbox.port();

    Finished done = sandbox.shell(start + " | head -1; echo \"${PIPESTATUS[0]}\"").end();

    assertThat(done.out()).isEqualTo("web.1  | one\n141\n");
    assertThat(done.err()).isEmpty();
  }
}
