package jlocal.procfile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import jlocal.problem.Problem;

/**
 * The process types of an app and their commands.
 *
 * @param commands by type name, in the order of first occurrence; the last command of a type
 *     counts, as on Heroku
 * @param directives by type name; most types have none
 */
public record Procfile(
    SequencedMap<String, Command> commands, Map<String, List<Directive>> directives) {
  /** A Procfile without directives. */
  public Procfile(SequencedMap<String, Command> commands) {
    this(commands, Map.of());
  }

  /**
   * The command of a process type as written: quotes, {@code #} and {@code $} are left to the
   * shell.
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
    commands = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(commands));
    directives = Map.copyOf(directives);
  }

  public static Procfile of(SequencedMap<ProcessType, Command> entries) {
    var commands = new LinkedHashMap<String, Command>();
    entries.forEach((type, command) -> commands.put(type.name(), command));
    return new Procfile(commands);
  }

  /** Returns a copy with another command of one type. */
  public Procfile with(String type, Command command) {
    var changed = new LinkedHashMap<>(commands);
    changed.put(type, command);
    return new Procfile(changed, directives);
  }

  /** Returns the commands by type, in order. */
  public SequencedMap<ProcessType, Command> entries() {
    var entries = new LinkedHashMap<ProcessType, Command>();
    commands.forEach((name, command) -> entries.put(new ProcessType(name), command));
    return entries;
  }

  /**
   * Returns an error for a word that is not a process type, with the nearest type.
   *
   * @param shownAs the Procfile as the user named it
   */
  public Problem noSuchType(String word, String shownAs) {
    return ProcfileProblems.noSuchType(word, this, shownAs);
  }
}
