package jlocal.procfile;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import jlocal.problem.Nearest;
import jlocal.problem.Printable;
import jlocal.problem.Problem;

/** The messages about Procfiles. */
final class ProcfileProblems {
  private ProcfileProblems() {}

  static Problem noType(String file, int line, String command) {
    String shown = Printable.of(command);
    return Problem.error(file, line, "no process type before the command: " + shown)
        .hint("write it as  NAME: " + shown);
  }

  /** The same error where the type seems to be there, but without a colon. */
  static Problem noColon(String file, int line, String found, String better) {
    return noType(file, line, found).hint("write it as  " + Printable.of(better));
  }

  static Problem notAType(String file, int line, String name) {
    var what =
        "'%s' cannot be a process type; use letters, digits, - and _".formatted(Printable.of(name));
    return Problem.error(file, line, what);
  }

  static Problem noCommand(String file, int line, String name) {
    return Problem.error(file, line, Printable.of(name) + " has no command");
  }

  static Problem continuation(String file, int line) {
    var what =
        "a Procfile line cannot be continued with \\ ; put the command on one line or in a script";
    return Problem.error(file, line, what);
  }

  static Problem blankBeforeColon(String file, int line, String found, String better) {
    var what =
        "blank before ':' in '%s'; write '%s'".formatted(Printable.of(found), Printable.of(better));
    return Problem.error(file, line, what);
  }

  static Problem looksLike(String file, int line, OtherFormat format) {
    var what =
        "this looks like %s, not a Procfile; expected 'web: command'".formatted(format.shown());
    return Problem.error(file, line, what);
  }

  static Problem envFile(String file) {
    return Problem.error(file, 0, "an env file by its name, not a Procfile")
        .hint("-f names the Procfile, -e env files");
  }

  static Problem template(String file, int line, String found) {
    var what = "a template tag, not a process type: " + Printable.of(found);
    return Problem.error(file, line, what).hint("render the template first");
  }

  static Problem duplicate(String file, int line, ProcessType type, int before) {
    var what = "%s was already defined on line %d; this command is used".formatted(type, before);
    return Problem.warning(file, line, what);
  }

  static Problem noBlankAfterColon(String file, int line, ProcessType type) {
    var what = "'%s:' has no blank after the colon; Heroku requires one".formatted(type);
    return Problem.warning(file, line, what);
  }

  static Problem calledAll(String file, int line) {
    var what = "all=1 in a formation means every process type; rename the type 'all'";
    return Problem.warning(file, line, what);
  }

  static Problem noProcesses(String file) {
    return Problem.error(file, 0, "no processes defined");
  }

  static Problem noSuchFile(String file, Path folder) {
    var what = "no such file (looked in %s); try -f FILE, or  jlocal run CMD".formatted(folder);
    return Problem.error(file, 0, what);
  }

  /** Returns the hint for {@link #noSuchFile}. */
  static String didYouMean(String other, String shownAs) {
    Path beside = Path.of(shownAs).resolveSibling(other);
    return "%s exists; did you mean  jlocal start -f %s ?".formatted(beside, beside);
  }

  static Problem noSuchType(String word, Procfile procfile, String file) {
    var names = List.copyOf(procfile.commands().keySet());
    var all = names.stream().collect(Collectors.joining(", ", " (", ")"));
    var what = "no process type '%s' in %s".formatted(Printable.of(word), file);
    return Problem.error(what + Nearest.hint(word, names) + all);
  }
}
