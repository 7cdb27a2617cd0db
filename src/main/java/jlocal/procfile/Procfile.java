package jlocal.procfile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

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
}
