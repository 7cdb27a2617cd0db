package jlocal.cli;

import jlocal.problem.UserError;

/** What a command does once its options are known. */
@FunctionalInterface
interface Body<O> {
  /**
   * Runs to the end.
   *
   * @return the exit status of jlocal
   * @throws UserError when the person has something to mend; anything else thrown is a bug
   */
  int run(O options, Context context) throws Exception;

  /** Begins what takes long and is needed whatever the options are; before they are known. */
  default void foresee() {}
}
