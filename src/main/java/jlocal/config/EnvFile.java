package jlocal.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.text.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * The assignments of one env file.
 *
 * @param shownAs the file as the user named it
 * @param assignments in file order, including overridden ones
 */
record EnvFile(String shownAs, List<Assignment> assignments) {
  EnvFile {
    assignments = List.copyOf(assignments);
  }

  /**
   * An assignment.
   *
   * @param value may be a secret
   * @param line where the assignment begins, from 1
   */
  record Assignment(String name, String value, int line) {
    /** Without the value, which may be a secret. */
    @Override
    public String toString() {
      return name + " (line " + line + ")";
    }
  }

  /**
   * Parses env file text by the grammar that {@code heroku local} and Foreman share. Values written
   * by {@code heroku config -s} are read back byte for byte. Nothing is interpolated or executed.
   *
   * @param shownAs the file as the user named it
   */
  static Reading<EnvFile> parse(byte[] bytes, String shownAs) {
    Reading<String> text = Utf8.decode(bytes, shownAs);
    return text.hasErrors()
        ? new Reading<>(new EnvFile(shownAs, List.of()), text.problems())
        : parse(text.value(), shownAs);
  }

  /** Parses text decoded by {@link Utf8}. */
  static Reading<EnvFile> parse(String text, String shownAs) {
    var found = new Builder(shownAs);
    if (JsonEnv.isJson(text)) {
      JsonEnv.read(text, found);
    } else {
      new EnvScanner(text, found).scan();
    }
    return found.build();
  }

  /** Returns the value of a variable's last assignment; null if there is none. */
  @Nullable String value(String name) {
    return assignments.reversed().stream()
        .filter(assignment -> assignment.name().equals(name))
        .map(Assignment::value)
        .findFirst()
        .orElse(null);
  }

  /** Collects assignments and problems in file order. Not thread-safe. */
  static final class Builder {
    /** Dotted property names begin like this, too. */
    private static final Pattern FIRST_CHARACTER = Pattern.compile("[A-Za-z_]");

    private final String file;
    private final List<Assignment> assignments = new ArrayList<>();
    private final Map<String, Integer> lineOf = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    /**
     * @param file as the user named it
     */
    Builder(String file) {
      this.file = file;
    }

    String file() {
      return file;
    }

    /** Adds an assignment, and reports problems of its name and value. */
    void add(String name, String value, int line) {
      Integer before = lineOf.put(name, line);
      if (before != null) report(EnvProblems.alreadySet(file, line, name, before));
      if (!FIRST_CHARACTER.matcher(name).lookingAt()) {
        report(EnvProblems.notForShells(file, line, name));
      }
      if (name.equals("PATH") && value.contains("$")) {
        report(EnvProblems.pathNotExpanded(file, line));
      }
      int bytes = value.getBytes(StandardCharsets.UTF_8).length;
      if (name.length() + 1 + bytes > ConfigVar.MAX_BYTES) {
        report(EnvProblems.tooLarge(file, line, name, bytes));
      }
      assignments.add(new Assignment(name, value, line));
    }

    void report(Problem problem) {
      problems.add(problem);
    }

    Reading<EnvFile> build() {
      return new Reading<>(new EnvFile(file, assignments), problems);
    }
  }
}
