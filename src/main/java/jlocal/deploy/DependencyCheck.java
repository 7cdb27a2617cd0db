package jlocal.deploy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jlocal.detect.ProjectFolder;
import jlocal.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Checks whether the buildpacks install the programs that commands call. */
final class DependencyCheck {
  /**
   * The files that Heroku's buildpacks install from: the first that exists; the last is the
   * default.
   */
  private static final Map<String, List<String>> FILES =
      Map.of(
          "python",
          List.of("Pipfile.lock", "Pipfile", "poetry.lock", "uv.lock", "requirements.txt"),
          "ruby",
          List.of("Gemfile.lock", "Gemfile"));

  /** What precedes a name in these files. */
  private static final String BEFORE = "(?im)^[\\s\"']*(?:name = \"|gem\\s*\\(?\\s*[\"'])?";

  private static final Pattern OTHER_FILE =
      Pattern.compile("(?m)^\\s*(?:-r|--requirement)[ =]*(\\S+)");

  /** Lines that may install anything: a package in a folder, or at a URL. */
  private static final Pattern ANYTHING = Pattern.compile("(?m)^\\s*(?:-e\\b|\\.|git\\+|https?:)");

  private final ProjectFolder folder;
  private final Map<String, String> kinds = new HashMap<>();
  private final Map<String, String> packages = new HashMap<>();

  DependencyCheck(ProjectFolder folder) {
    this.folder = folder;
    for (List<String> row : DeployCheck.table("python|ruby|node")) {
      kinds.put(row.get(1), row.getFirst());
      packages.put(row.get(1), row.getLast());
    }
  }

  /** Returns the programs of a command that are not installed. */
  Stream<Problem> problems(DynoCommand command) {
    return command.programs().stream()
        .map(call -> call.split("\\s", 2)[0])
        .flatMap(program -> {
          String kind = kinds.getOrDefault(program, "");
          String wanted = packages.getOrDefault(program, program);
          return FILES.containsKey(kind)
              ? listed(command, wanted, FILES.get(kind))
              : ofNode(command, wanted, kind.equals("node"));
        });
  }

  private Stream<Problem> listed(DynoCommand command, String wanted, List<String> files) {
    String file = files.stream().filter(folder::has).findFirst().orElse(files.getLast());
    String text = text(file, new HashSet<>());
    String name = wanted.equals("uvicorn") ? "(?:uvicorn|fastapi\\[)" : wanted + "(?![\\w.-])";
    boolean isThere =
        Pattern.compile(BEFORE + name).matcher(text).find() || ANYTHING.matcher(text).find();
    return isThere ? Stream.of() : absent(command, wanted, file, "add it to " + file);
  }

  /** Returns a file with the files that it includes. */
  private String text(String file, Set<String> read) {
    @Nullable String text = read.add(file) ? folder.text(file) : null;
    if (text == null) return "";
    var all = new StringBuilder(text);
    String beside = file.substring(0, file.lastIndexOf('/') + 1);
    Matcher other = OTHER_FILE.matcher(text);
    while (other.find()) all.append('\n').append(text(beside + other.group(1), read));
    return all.toString();
  }

  private Stream<Problem> ofNode(DynoCommand command, String wanted, boolean isKnown) {
    if (!folder.has("package.json") || isIn("dependencies", wanted)) return Stream.of();
    String todo = "npm install " + wanted;
    if (isIn("devDependencies", wanted)) {
      String what = " runs " + wanted + ", a devDependency, which Heroku prunes after the build";
      return Stream.of(command.warning(command.type() + what).hint(todo));
    }
    boolean isFetched = command.text().contains("npx ");
    return isKnown && !isFetched ? absent(command, wanted, "package.json", todo) : Stream.of();
  }

  private boolean isIn(String kind, String name) {
    return folder.text("package.json#" + kind + "." + name) != null;
  }

  private static Stream<Problem> absent(
      DynoCommand command, String name, String file, String todo) {
    String what = "%s runs %s, which is not in %s".formatted(command.type(), name, file);
    return Stream.of(command.warning(what).hint(todo));
  }
}
