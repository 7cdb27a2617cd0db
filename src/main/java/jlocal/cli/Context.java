package jlocal.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jlocal.problem.Problem;

/**
 * The environment of a command.
 *
 * @param environment the caller's
 * @param directory what relative file names are relative to; the empty path for the working
 *     directory, so that messages show files as the user named them
 */
record Context(Out out, Out err, Map<String, String> environment, Path directory) {
  Context {
    environment = Map.copyOf(environment);
  }

  /** Whether an environment variable is set to something. */
  boolean isVariableSet(String name) {
    return !environment.getOrDefault(name, "").isEmpty();
  }

  /** Reports problems on standard error. */
  void report(List<Problem> problems) {
    new ErrorReport(err, false).problems(problems);
  }
}
