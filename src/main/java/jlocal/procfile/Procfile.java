package jlocal.procfile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import jlocal.problem.Problem;

/**
 * The process types of an app and their commands.
 *
 * @param entries in file order; a type that occurs twice stands at its first place with its last
 *     command, as on Heroku
 */
public record Procfile(SequencedMap<ProcessType, Command> entries) {
  public Procfile {
    entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
  }

  /**
   * The error for a word that should be one of the types and is not, with the nearest of them.
   *
   * @param shownAs the Procfile as the user named it
   */
  public Problem noSuchType(String word, String shownAs) {
    return ProcfileProblems.noSuchType(word, this, shownAs);
  }
}
