package jlocal.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jlocal.problem.Problem;
import jlocal.problem.Reading;

/** Collects what an env file assigns, and what is wrong with it, in file order. */
final class Assignments {
  /** How the names of dotted properties begin, too. */
  private static final Pattern BEGINNING = Pattern.compile("[A-Za-z_]");

  private final String file;
  private final List<EnvEntry> entries = new ArrayList<>();
  private final Map<String, Integer> setOn = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  Assignments(String file) {
    this.file = file;
  }

  String file() {
    return file;
  }

  void add(String name, String value, int line) {
    Integer before = setOn.put(name, line);
    if (before != null) tell(EnvProblems.alreadySet(file, line, name, before));
    if (!BEGINNING.matcher(name).lookingAt()) tell(EnvProblems.notForShells(file, line, name));
    if (name.equals("PATH") && value.contains("$")) tell(EnvProblems.pathNotExpanded(file, line));
    int bytes = value.getBytes(StandardCharsets.UTF_8).length;
    if (name.length() + 1 + bytes > ConfigVar.LARGEST) {
      tell(EnvProblems.tooLarge(file, line, name, bytes));
    }
    entries.add(new EnvEntry(name, value, line));
  }

  void tell(Problem problem) {
    problems.add(problem);
  }

  Reading<EnvFile> reading() {
    return new Reading<>(new EnvFile(file, entries), problems);
  }
}
