package jlocal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import org.junit.jupiter.api.Test;

class ErrorReportTest {
  private final StringWriter text = new StringWriter();

  private ErrorReport report(boolean color, boolean debug) {
    return new ErrorReport(new Out(new PrintWriter(text), color), debug, false);
  }

  private static UserError userError() {
    return new UserError(
        List.of(
            Problem.error("Procfile", 3, "worker has no command").hint("write one"),
            Problem.warning(".env", 1, "odd"),
            Problem.error("port 5000 is busy")));
  }

  @Test
  void errors_of_the_user_are_reported_line_by_line() {
    assertThat(report(false, false).of(userError())).isEqualTo(2);
    assertThat(text)
        .hasToString(
            """
            Procfile:3: error: worker has no command
               hint: write one
            .env:1: warning: odd
            jlocal: port 5000 is busy
            """);
  }

  @Test
  void on_a_terminal_errors_and_warnings_have_colours() {
    report(true, false).of(userError());
    assertThat(text.toString())
        .contains("Procfile:3: \033[1;31merror:\033[0m worker")
        .contains(".env:1: \033[1;33mwarning:\033[0m odd");
  }

  @Test
  void anything_else_is_a_bug_and_says_so() {
    assertThat(report(false, false).of(new IllegalStateException("lost\nit"))).isEqualTo(70);
    assertThat(text)
        .hasToString(
            """
            jlocal: IllegalStateException: lost\\nit
               this is a bug in jlocal; run again with --debug and report it with what you see
            """);
  }

  @Test
  void debug_shows_the_trace() {
    report(false, true).of(new IllegalStateException("lost"));
    assertThat(text.toString())
        .contains("please report it with these lines")
        .contains("\tat jlocal.cli.ErrorReportTest");
  }

  @Test
  void a_body_that_fails_is_reported_by_the_cli() {
    var broken =
        new Cli(new Commands()) {
          @Override
          <O> int execute(Subcommand<O> command, O options, Context context) {
            throw new IllegalStateException("lost");
          }
        };
    var out = new Out(new PrintWriter(text), false);
    var context = new Context(out, out, java.util.Map.of("JLOCAL_DEBUG", "1"), Typed.HERE);
    assertThat(broken.run(List.of("start"), context)).isEqualTo(70);
    assertThat(text.toString()).contains("IllegalStateException: lost", "\tat ");
  }
}
