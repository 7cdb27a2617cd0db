package jlocal.problem;

import java.util.List;

/**
 * What was read from one place, and all that was wrong with it. A reader never stops at the first
 * problem, so that a person sees them all at once.
 *
 * @param value what could be read; to be used only when no problem is an error
 * @param problems in the order of the file
 */
public record Reading<T>(T value, List<Problem> problems) {
  public Reading {
    problems = List.copyOf(problems);
  }

  /** What was read, and what was wrong with it. */
  public static <T> Reading<T> of(T value, Problem... problems) {
    return new Reading<>(value, List.of(problems));
  }

  public boolean hasErrors() {
    return problems.stream().anyMatch(Problem::isError);
  }

  /** What was read; throws all problems when one is an error. */
  public T orThrow() throws UserError {
    if (hasErrors()) throw new UserError(problems);
    return value;
  }
}
