package jlocal.problem;

import java.util.List;

/**
 * A value that was read, and all problems found. Readers do not stop at the first problem, so the
 * user sees them all at once.
 *
 * @param value to be used only if no problem is an error
 * @param problems in the order of the file
 */
public record Reading<T>(T value, List<Problem> problems) {
  public Reading {
    problems = List.copyOf(problems);
  }

  /** A value and its problems. */
  public static <T> Reading<T> of(T value, Problem... problems) {
    return new Reading<>(value, List.of(problems));
  }

  public boolean hasErrors() {
    return problems.stream().anyMatch(Problem::isError);
  }

  /** Returns the value; throws all problems if one is an error. */
  public T orThrow() throws UserError {
    if (hasErrors()) throw new UserError(problems);
    return value;
  }
}
