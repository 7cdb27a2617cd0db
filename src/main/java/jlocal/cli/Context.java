package jlocal.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;

/**
 * The environment of a command.
 *
 * @param environment the caller's
 * @param directory the base of relative file names; the empty path for the working directory, so
 *     that messages show files as the user named them
 * @param json whether standard output and standard error are for a program
 */
record Context(Out out, Out err, Map<String, String> environment, Path directory, boolean json) {
  private static final Pattern YES = Pattern.compile("(?i)(?:y|yes)?");

  Context {
    environment = Map.copyOf(environment);
  }

  Context(Out out, Out err, Map<String, String> environment, Path directory) {
    this(out, err, environment, directory, false);
  }

  /** Whether an environment variable is not empty. */
  boolean isVariableSet(String name) {
    return !environment.getOrDefault(name, "").isEmpty();
  }

  /** Asks a question on standard error and reads a line, stripped; null at the end of the input. */
  @Nullable String ask(String question) {
    err.print(question);
    var line = new ByteArrayOutputStream();
    try {
      int b = System.in.read();
      for (; b >= 0 && b != '\n'; b = System.in.read()) line.write(b);
      if (b < 0) {
        err.line("");
        return null;
      }
    } catch (IOException _) {
      return null;
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }

  /** Asks a question; Enter alone means yes, the end of the input means no. */
  boolean agrees(String question) {
    String answer = ask(question + " [Y/n] ");
    return answer != null && YES.matcher(answer).matches();
  }

  /** Returns a result and reports its warnings; throws all problems if one is an error. */
  <T> T checked(Reading<T> read) throws UserError {
    T value = read.orThrow();
    report(read.problems());
    return value;
  }

  /** Reports an error; returns its exit status. */
  int refuse(Problem problem, ExitCode code) {
    report(List.of(problem), code);
    return code.status();
  }

  /** Reports problems on standard error. */
  void report(List<Problem> problems) {
    report(problems, ExitCode.USAGE);
  }

  /** Reports problems, with the exit status of their errors. */
  void report(List<Problem> problems, ExitCode code) {
    new ErrorReport(err, false, json).problems(problems, code);
  }
}
