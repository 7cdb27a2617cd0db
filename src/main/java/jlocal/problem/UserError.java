package jlocal.problem;

import java.util.List;
import java.util.stream.Collectors;

/** An error that the user must fix. Printed without a stack trace; exit status 2. */
public final class UserError extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  public UserError(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public UserError(Problem problem) {
    this(List.of(problem));
  }

  /** An error that concerns no file, with a hint. */
  public UserError(String what, String hint) {
    this(Problem.error(what).hint(hint));
  }

  /** The problems in print order, including warnings; at least one is an error. */
  public List<Problem> problems() {
    return problems;
  }
}
