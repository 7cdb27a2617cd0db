package jlocal.cli;

import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Locale;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.problem.Problem.Severity;
import jlocal.problem.UserError;

/**
 * Reports what went wrong: what the user can correct as problems, anything else as a bug in jlocal.
 */
final class ErrorReport {
  private static final String RED = "\033[1;31m";
  private static final String YELLOW = "\033[1;33m";
  private static final String PLAIN = "\033[0m";

  private final Out err;
  private final boolean debug;

  /**
   * A report to standard error.
   *
   * @param debug whether traces are shown
   */
  ErrorReport(Out err, boolean debug) {
    this.err = err;
    this.debug = debug;
  }

  /** Says it, and returns the exit status that goes with it. */
  int of(Throwable failure) {
    if (failure instanceof UserError error) {
      problems(error.problems());
      trace(failure);
      return ExitCode.USAGE.status();
    }
    if (failure instanceof InvalidPathException path) {
      problems(List.of(Problem.error("not a path here: " + path.getMessage())));
      trace(failure);
      return ExitCode.USAGE.status();
    }
    String message = failure.getMessage() == null ? "" : ": " + Printable.of(failure.getMessage());
    err.line("jlocal: " + failure.getClass().getSimpleName() + message);
    err.line(
        debug
            ? "   this is a bug in jlocal; please report it with these lines"
            : "   this is a bug in jlocal; run again with --debug and report it with what you see");
    trace(failure);
    return ExitCode.BUG.status();
  }

  /** Each with its hint on a line of its own. */
  void problems(List<Problem> problems) {
    problems.forEach(problem -> err.exact(text(problem)));
    err.writer().flush();
  }

  /** {@code Procfile:3: error: …}; where no file is at fault, {@code jlocal: …} is enough. */
  private String text(Problem problem) {
    boolean ours = problem.place().equals("jlocal");
    String where = problem.line() == 0 ? problem.place() : problem.place() + ":" + problem.line();
    String kind = ours && problem.isError() ? "" : kind(problem.severity()) + " ";
    String hint = problem.hint() == null ? "" : "\n   hint: " + Printable.escaped(problem.hint());
    return Printable.escaped(where) + ": " + kind + Printable.escaped(problem.what()) + hint;
  }

  private String kind(Severity severity) {
    String word = severity.name().toLowerCase(Locale.ROOT) + ":";
    if (!err.color()) return word;
    return (severity == Severity.ERROR ? RED : YELLOW) + word + PLAIN;
  }

  private void trace(Throwable failure) {
    if (debug) failure.printStackTrace(new PrintWriter(err.writer(), true));
    err.writer().flush();
  }
}
