package jlocal.cli;

import jlocal.problem.Problem;
import jlocal.problem.Severity;

/** Where a setting came from; the earlier of these overrules the later. */
sealed interface Origin {
  /** The person typed it. */
  record CommandLine() implements Origin {
    @Override
    public String toString() {
      return "command line";
    }
  }

  /** An environment variable such as {@code JLOCAL_PORT}. */
  record Variable(String name) implements Origin {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A line of the settings file. */
  record Line(String file, int line) implements Origin {
    @Override
    public String toString() {
      return file + ":" + line;
    }
  }

  /** Nobody said anything. */
  record Default() implements Origin {
    @Override
    public String toString() {
      return "default";
    }
  }

  /** Whether a value of this origin wins over one of the other. */
  default boolean overrules(Origin other) {
    return strength() > other.strength();
  }

  private int strength() {
    return switch (this) {
      case CommandLine _ -> 3;
      case Variable _ -> 2;
      case Line _ -> 1;
      case Default _ -> 0;
    };
  }

  /** The error for a value of this origin. */
  default Problem error(Option<?> option, String what) {
    return problem(Severity.ERROR, option, what);
  }

  /** The warning about a value of this origin. */
  default Problem warning(Option<?> option, String what) {
    return problem(Severity.WARNING, option, what);
  }

  private Problem problem(Severity severity, Option<?> option, String what) {
    return switch (this) {
      case CommandLine _ -> new Problem(severity, "jlocal", 0, option.name() + ": " + what, null);
      case Variable(String name) -> new Problem(severity, "jlocal", 0, name + ": " + what, null);
      case Line(String file, int line) ->
          new Problem(severity, file, line, option.key() + ": " + what, null);
      case Default _ -> throw new IllegalStateException("default of " + option.name() + " " + what);
    };
  }
}
