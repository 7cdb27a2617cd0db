package jlocal.problem;

import java.util.List;
import java.util.stream.Collectors;

/** Something the person must mend before jlocal can go on: printed without a trace, exit code 2. */
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

  /** All that is wrong, warnings included, in the order to be printed; at least one error. */
  public List<Problem> problems() {
    return problems;
  }
}
