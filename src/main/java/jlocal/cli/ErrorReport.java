package jlocal.cli;

import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jlocal.json.JsonFields;
import jlocal.json.JsonWriter;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.problem.Problem.Severity;
import jlocal.problem.UserError;

/** Reports failures: user errors as problems, anything else as a bug in jlocal. */
record ErrorReport(Out err, boolean debug, boolean json) {
  private static final String RED = "\033[1;31m";
  private static final String YELLOW = "\033[1;33m";
  private static final String PLAIN = "\033[0m";

  /** Reports a failure; returns its exit status. */
  int of(Throwable failure) {
    if (failure instanceof UserError error) {
      problems(error.problems(), ExitCode.USAGE);
      trace(failure);
      return ExitCode.USAGE.status();
    }
    if (failure instanceof InvalidPathException path) {
      problems(List.of(Problem.error("not a path here: " + path.getMessage())), ExitCode.USAGE);
      trace(failure);
      return ExitCode.USAGE.status();
    }
    bug(failure);
    trace(failure);
    return ExitCode.BUG.status();
  }

  private void bug(Throwable failure) {
    String message = failure.getMessage() == null ? "" : ": " + Printable.of(failure.getMessage());
    String what = failure.getClass().getSimpleName() + message;
    if (json) {
      err.exact(json("bug", what));
      return;
    }
    err.line("jlocal: " + what);
    err.line(
        debug
            ? "   this is a bug in jlocal; please report it with these lines"
            : "   this is a bug in jlocal; run again with --debug and report it with what you see");
  }

  /**
   * Reports problems, each hint on its own line.
   *
   * @param code the exit status of errors
   */
  void problems(List<Problem> problems, ExitCode code) {
    problems.forEach(problem -> err.exact(json ? json(problem, code) : text(problem)));
  }

  /** Returns an error without a file as a JSON object on one line. */
  static String json(String code, String message) {
    var error = JsonFields.of("code", code, "message", message);
    return JsonWriter.write(JsonFields.of("error", error));
  }

  private static String json(Problem problem, ExitCode code) {
    var members = new LinkedHashMap<String, Object>();
    if (problem.isError()) members.put("code", ExitCode.name(code.status()));
    members.put("message", problem.what());
    if (problem.hint() != null) members.put("hint", problem.hint());
    if (!problem.place().equals("jlocal")) members.put("file", problem.place());
    if (problem.line() > 0) members.put("line", problem.line());
    return JsonWriter.write(Map.of(problem.isError() ? "error" : "warning", members));
  }

  /** Formats a problem: {@code Procfile:3: error: …}, or {@code jlocal: …} without a file. */
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
  }
}
