package jlocal.problem;

import jlocal.problem.Problem.Severity;

/** Where the value of a setting came from; the earlier of these overrules the later. */
public sealed interface Origin {
  /** An option of the command line. */
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

  /** A line of a file; the line counts from 1. */
  record Line(String file, int line) implements Origin {
    @Override
    public String toString() {
      return file + ":" + line;
    }
  }

  /** Built in: the setting was given nowhere. */
  record Default() implements Origin {
    @Override
    public String toString() {
      return "default";
    }
  }

  /** Whether the setting was not given, so that another value may be taken instead. */
  default boolean isDefault() {
    return this instanceof Default;
  }

  /** Whether a value of this origin wins over one of the other. */
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
   * An error about the value of a setting.
   *
   * @param key the setting as a settings file names it: {@code proxy-port}
   */
  default Problem error(String key, String what) {
    return problem(Severity.ERROR, key, what);
  }

  /** A warning about the value of a setting, whose key is as in {@link #error}. */
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
