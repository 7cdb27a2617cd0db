package jlocal.cli;

import jlocal.problem.Problem;

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

  /** The error for a value of this origin. */
  default Problem error(Option<?> option, String what) {
    return switch (this) {
      case CommandLine _ -> Problem.error(option.name() + ": " + what);
      case Variable(String name) -> Problem.error(name + ": " + what);
      case Line(String file, int line) -> Problem.error(file, line, option.key() + ": " + what);
      case Default _ -> throw new IllegalStateException("default of " + option.name() + " " + what);
    };
  }
}
