package jlocal.config;

import java.nio.file.Path;
import jlocal.problem.Printable;
import jlocal.problem.Problem;

/** The messages about env files. None contains a value. */
final class EnvProblems {
  private EnvProblems() {}

  static Problem neverClosed(String file, int line, String name, char quote) {
    var what = "the quote opened here for %s is never closed".formatted(name);
    return Problem.error(file, line, what).hint(close(quote));
  }

  static Problem closedTooLate(String file, int line, String name, QuotedValue quoted) {
    var what =
        "the quote opened here for %s is closed only on line %d, with more text after it"
            .formatted(name, line + quoted.lineBreaks());
    return Problem.error(file, line, what).hint(close(quoted.quote()));
  }

  private static String close(char quote) {
    return quote == '"'
        ? "close it with \" or write the line breaks as \\n"
        : "close it with ' or use \"…\" and write the line breaks as \\n";
  }

  static Problem cutAtHash(String file, int line, String name, int column) {
    var what =
        "%s ends at the '#' in column %d; put the value in quotes if '#' belongs to it"
            .formatted(name, column);
    return Problem.warning(file, line, what);
  }

  static Problem textAfterQuote(String file, int line, String name) {
    var what = "text after the closing quote of %s is ignored".formatted(name);
    return Problem.warning(file, line, what);
  }

  /** Returns the hint for {@link #textAfterQuote} when the text contains the same quote again. */
  static String quoteInQuotes(char quote) {
    return quote == '"'
        ? "write \\\" for a quote inside double quotes"
        : "single quotes have no escapes; write \"it's\" instead of 'it\\'s'";
  }

  static Problem backslashAtEnd(String file, int line, String name) {
    var what = "the \\\" that ends %s is read as a backslash and the closing quote".formatted(name);
    return Problem.warning(file, line, what).hint("write \\\\\" at the end, or use single quotes");
  }

  static Problem notAnAssignment(String file, int line) {
    return Problem.warning(file, line, "not KEY=value, line ignored")
        .hint("'heroku config -s' prints lines that can be used here");
  }

  static Problem alreadySet(String file, int line, String name, int before) {
    var what = "%s was already set on line %d; this value is used".formatted(name, before);
    return Problem.warning(file, line, what);
  }

  static Problem tooLarge(String file, int line, String name, int bytes) {
    var what =
        "%s has %d bytes; Linux allows %d for one variable, name included"
            .formatted(name, bytes, ConfigVar.MAX_BYTES);
    return Problem.error(file, line, what);
  }

  static Problem nul(String file, int line, String name) {
    return Problem.error(file, line, name + " contains a NUL character, which no variable can");
  }

  static Problem notAName(String file, int line, String name) {
    var what = "'%s' cannot be the name of a variable, ignored".formatted(Printable.of(name));
    return Problem.warning(file, line, what).hint("use letters, digits and _");
  }

  static Problem notJson(String file, int line, String expected) {
    var what = "this begins like a JSON object, but " + expected;
    return Problem.error(file, line, what).hint("fix the JSON, or use KEY=value lines");
  }

  static Problem notExpanded(String file, int line, String name) {
    var what = "$NAME in the value of %s is not expanded, as on Heroku".formatted(name);
    return Problem.warning(file, line, what)
        .hint("write the value out, or put it in single quotes if '$' belongs to it");
  }

  static Problem pathNotExpanded(String file, int line) {
    var what = "$NAME in the value of PATH is not expanded: its folders are not searched";
    return Problem.warning(file, line, what)
        .hint("leave it out, and write in the Procfile  web: PATH=/folder:$PATH command");
  }

  static Problem notForShells(String file, int line, String name) {
    var what = "no shell can use %s: the name does not begin with a letter or _".formatted(name);
    return Problem.warning(file, line, what);
  }

  static Problem hiddenBy(String shell, String file, int line, String name) {
    var what =
        "%s on this system hides variables named like %s from commands; use letters, digits and _"
            .formatted(shell, name);
    return Problem.warning(file, line, what).hint("or another shell: --shell bash");
  }

  static Problem unfitForHeroku(String file, int line, String name) {
    var what = "%s: on Heroku a config var must not begin with __ or HEROKU_".formatted(name);
    return Problem.warning(file, line, what);
  }

  static Problem noSuchFile(String file, Path folder) {
    var what = "no such file (looked in %s)".formatted(folder);
    return Problem.error(file, 0, what).hint("a file named with -e must exist; .env need not");
  }
}
