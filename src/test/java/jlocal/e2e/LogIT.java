package jlocal.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The log a person reads. */
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
  void last_words_stand_before_the_obituary() throws Exception {
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

  @Test
  void colours_are_for_terminals_unless_asked_for() throws Exception {
    sandbox.given("Procfile", "web: printf '\\033[32mgreen\\033[0m\\n'\n");

    assertThat(sandbox.start().end().out()).contains("| green\n").doesNotContain("\033");
    assertThat(sandbox.start("--color=always").end().out()).contains("\033[32mgreen");
  }
}
