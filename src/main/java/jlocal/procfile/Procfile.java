package jlocal.procfile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import jlocal.problem.Problem;

/**
 * The process types of an app and their commands.
 *
 * @param entries in the order of their first occurrence in the file; of a type that occurs twice,
 *     the last command counts, as on Heroku
 */
public record Procfile(SequencedMap<ProcessType, Command> entries) {
  /**
   * The command of a process type, as written: quotes, {@code #} and {@code $} are the shell's.
   *
   * @param line trimmed, never empty
   */
  public record Command(String line) {
    public Command {
      if (line.isEmpty()) throw new IllegalArgumentException("a command is not empty");
    }

    @Override
    public String toString() {
      return line;
    }
  }

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
