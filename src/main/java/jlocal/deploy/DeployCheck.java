package jlocal.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jlocal.config.ConfigVar;
import jlocal.config.ConfigVars;
import jlocal.detect.ProjectFolder;
import jlocal.problem.Problem;
import jlocal.procfile.Procfile;
import jlocal.text.ResourceTable;
import org.jspecify.annotations.Nullable;

/**
 * Finds what works here but would not after {@code git push heroku}. Without a repository, checks
 * that need git are skipped.
 */
public final class DeployCheck {
  private static final String ENV = ".env";
  private static final Pattern PYTHON =
      Pattern.compile("\\s*(|python-)((?:0|[1-9]\\d*)(?:\\.(?:0|[1-9]\\d*)){1,2})\\s*");
  private static final Pattern THIS_MACHINE =
      Pattern.compile(
          "(?i)(?:^|//|@)(?:localhost|127\\.\\d+\\.\\d+\\.\\d+|0\\.0\\.0\\.0|\\[::1?])(?=[:/]|$)");

  private final ProjectFolder folder;
  private final List<DynoCommand> commands;

  /**
   * @param procfile as the user named it; Heroku reads it only under its standard name
   * @param types its content; empty if there is none
   */
  public DeployCheck(Path root, Path procfile, Procfile types) {
    folder = new ProjectFolder(root.toAbsolutePath().normalize());
    Path file = procfile.toAbsolutePath();
    @Nullable String text =
        new ProjectFolder(file.resolveSibling("")).text("" + file.getFileName());
    boolean isRead = file.endsWith("Procfile");
    commands = isRead ? DynoCommand.all(folder, procfile.toString(), text, types) : List.of();
  }

  /** Returns the rows of deploy.txt whose first word matches. */
  static List<List<String>> table(String kind) {
    return ResourceTable.lines(DeployCheck.class, "deploy.txt").stream()
        .map(line -> List.of(line.split(" ")))
        .filter(row -> row.getFirst().matches(kind))
        .toList();
  }

  /** Returns all findings, as warnings. */
  public List<Problem> problems(ConfigVars vars) {
    var problems = new ArrayList<Problem>();
    @Nullable GitRepository git = repository();
    if (git != null) {
      elsewhere(git).forEach(problems::add);
      notDeployed(git).forEach(problems::add);
    }
    var dependencies = new DependencyCheck(folder);
    commands.stream().flatMap(dependencies::problems).forEach(problems::add);
    problems.addAll(new WebPortCheck(folder, git).problems(commands));
    problems.addAll(pythonVersions());
    for (ConfigVar found : vars.byName().sequencedValues()) {
      if (THIS_MACHINE.matcher(found.value()).find()) problems.add(onThisMachine(found));
    }
    return problems;
  }

  private @Nullable GitRepository repository() {
    try {
      return GitRepository.of(folder.path());
    } catch (IOException _) {
      return null;
    }
  }

  private static Problem onThisMachine(ConfigVar found) {
    String what = found.name() + " is an address of this machine, which dynos cannot reach";
    return Problem.warning(found.file(), found.line(), what)
        .hint("on Heroku an add-on sets it, or  heroku config:set " + found.name() + "=…");
  }

  private Stream<Problem> elsewhere(GitRepository git) {
    if (git.prefix().isEmpty() || commands.isEmpty()) return Stream.of();
    String what = "is not in the root of the repository, where Heroku reads it";
    return Stream.of(
        Problem.warning(commands.getFirst().file(), 0, what)
            .hint(
                "to deploy this folder alone:  git subtree push --prefix "
                    + git.prefix()
                    + " heroku main"));
  }

  /** Returns files that are here but not in git, and files in git that should not be. */
  private Stream<Problem> notDeployed(GitRepository git) {
    List<String> read = table("file").stream().flatMap(row -> row.stream().skip(1)).toList();
    Stream<Problem> files =
        read.stream()
            .filter(name -> folder.has(name) && !git.has(name))
            .map(name -> missing(Problem.warning(name, 0, "Heroku reads this file"), name, git));
    Stream<Problem> needed =
        commands.stream()
            .flatMap(command ->
                command.words().stream()
                    .flatMap(this::files)
                    .distinct()
                    .filter(name -> !git.has(name) && !read.contains(name) && !isBuilt(name))
                    .map(name ->
                        missing(command.warning(command.type() + " needs " + name), name, git)));
    Stream<Problem> env =
        Stream.of(ENV)
            .filter(git::has)
            .map(name ->
                Problem.warning(name, 0, "is in git, with all its secrets")
                    .hint("git rm --cached .env  and a line .env in .gitignore"));
    return Stream.of(files, needed, env).flatMap(all -> all);
  }

  private static Problem missing(Problem problem, String name, GitRepository git) {
    boolean isUntracked = git.isUntracked(name);
    String why = isUntracked ? "which is not in git" : "which git ignores";
    String todo = "let a build make it, or take it out of .gitignore";
    if (isUntracked) todo = "git add " + name;
    else if (name.startsWith(ENV)) todo = "set its variables with  heroku config:set KEY=VALUE";
    else if (name.matches("\\.?venv/.*")) todo = "call it by its name: on Heroku it is on the PATH";
    String what = problem.what() + ", " + why + ": a deploy would not have it";
    return Problem.warning(problem.place(), problem.line(), what).hint(todo);
  }

  /**
   * Returns the files that a word of a command may name: as it is, as a Python module, or for
   * Node.js.
   */
  private Stream<String> files(String word) {
    String name = word.replaceAll("^(?:\\./)+|/+$", "");
    if (name.isEmpty() || name.matches("/.*|\\.|\\.\\..*")) return Stream.of();
    String module = name.split(":", 2)[0].replace('.', '/') + ".py";
    return Stream.of(name, module, name + ".js").filter(folder::has);
  }

  private boolean isBuilt(String name) {
    boolean hasBuild =
        Stream.of("build", "heroku-postbuild")
            .anyMatch(script -> folder.text("package.json#scripts." + script) != null);
    return (hasBuild && !name.startsWith(ENV))
        || table("built").stream()
            .filter(row -> name.startsWith(row.get(1) + "/"))
            .anyMatch(row -> row.stream().skip(2).anyMatch(folder::has));
  }

  /** Applies the rules of Heroku's Python buildpack, which reads runtime.txt first. */
  private List<Problem> pythonVersions() {
    var problems = new ArrayList<Problem>();
    var found = new LinkedHashMap<String, String>();
    for (String name : List.of("runtime.txt", ".python-version")) {
      @Nullable String text = folder.text(name);
      if (text == null) continue;
      String prefix = name.equals("runtime.txt") ? "python-" : "";
      String blank = prefix.isEmpty() ? "\\s*(?:#.*)?" : "\\s*";
      List<String> lines = text.lines().filter(line -> !line.matches(blank)).toList();
      Matcher version = PYTHON.matcher(lines.size() == 1 ? lines.getFirst() : "");
      if (version.matches() && version.group(1).equals(prefix)) {
        found.put(version.group(2), name);
        continue;
      }
      int line = lines.isEmpty() ? 0 : DynoCommand.line(text, Pattern.quote(lines.getLast()));
      problems.add(
          Problem.warning(name, line, "Heroku: Error: Invalid Python version in " + name + ".")
              .hint("one line, such as " + prefix + "3.13 or " + prefix + "3.13.2"));
    }
    if (found.size() > 1) {
      String what = "is not the version of runtime.txt, which Heroku uses";
      problems.add(Problem.warning(".python-version", 0, what).hint("delete one of them"));
    }
    return problems;
  }
}
