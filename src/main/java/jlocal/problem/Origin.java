package jlocal.problem;

import jlocal.problem.Problem.Severity;

/** The origin of a setting's value; earlier ones overrule later ones. */
public sealed interface Origin {
  /** A command-line option. */
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

  /** A line of a file, from 1. */
  record Line(String file, int line) implements Origin {
    @Override
    public String toString() {
      return file + ":" + line;
    }
  }

  /** The default value; the setting was not given. */
  record Default() implements Origin {
    @Override
    public String toString() {
      return "default";
    }
  }

  /** Whether the setting was not given, so that another value may be chosen. */
  default boolean isDefault() {
    return this instanceof Default;
  }

  /** Whether a value of this origin overrules one of another. */
  default boolean overrules(Origin other) {
    return precedence() > other.precedence();
  }

  private int precedence() {
    return switch (this) {
      case CommandLine _ -> 3;
      case Variable _ -> 2;
      case Line _ -> 1;
      case Default _ -> 0;
    };
  }

  /**
   * Returns an error about the value of a setting.
   *
   * @param key the setting as a settings file names it: {@code proxy-port}
   */
  default Problem error(String key, String what) {
    return problem(Severity.ERROR, key, what);
  }

  /** Returns a warning about the value of a setting. */
  default Problem warning(String key, String what) {
    return problem(Severity.WARNING, key, what);
  }

  private Problem problem(Severity severity, String key, String what) {
    return switch (this) {
      case CommandLine _ -> new Problem(severity, "jlocal", 0, "--" + key + ": " + what, null);
      case Variable(String name) -> new Problem(severity, "jlocal", 0, name + ": " + what, null);
      case Line(String file, int line) ->
          new Problem(severity, file, line, key + ": " + what, null);
      case Default _ -> throw new IllegalStateException("default of " + key + " " + what);
    };
  }
}
