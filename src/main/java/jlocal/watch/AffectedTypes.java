package jlocal.watch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jlocal.json.JsonFields;
import jlocal.procfile.ProcessType;
import jlocal.procfile.Procfile;
import jlocal.text.ResourceTable;
import jlocal.text.TextFile;
import org.jspecify.annotations.Nullable;

/** Decides which types a changed file concerns. */
final class AffectedTypes {
  /** {@code cd web && npm run dev}. */
  private static final Pattern SCRIPT =
      Pattern.compile("^(?:cd +(\\S+) *&& *)?(?:npm|pnpm|yarn|bun) +(?:run +)?([\\w:-]+)");

  private final Path root;
  private final Pattern selfReloading = selfReloading();
  private final Map<String, Predicate<String>> watched = new LinkedHashMap<>();
  private final List<String> leftAlone = new ArrayList<>();
  private final Set<String> named;

  /** Types that are named are watched whatever their commands are. */
  AffectedTypes(Procfile procfile, WatchPatterns patterns, Path root) {
    named = patterns.byType().keySet();
    this.root = root;
    for (var entry : procfile.commands().entrySet()) {
      String type = entry.getKey();
      Predicate<String> files = patterns.of(type);
      boolean isNamed = isNamed(type);
      if (files == null || (!isNamed && type.equals(ProcessType.RELEASE.name()))) continue;
      String word = isNamed ? null : selfReloading(entry.getValue().line());
      if (word == null) watched.put(type, files);
      else leftAlone.add(type + " (" + word + ")");
    }
  }

  List<String> of(String file) {
    return watched.entrySet().stream()
        .filter(type -> type.getValue().test(file))
        .map(Map.Entry::getKey)
        .toList();
  }

  boolean isNamed(String type) {
    return named.contains(type);
  }

  Set<String> types() {
    return watched.keySet();
  }

  /**
   * Returns {@code a change restarts web, worker; left alone: css (vite), migrate (has ended)}.
   *
   * @param ended types that have ended with 0, which are restarted only if named
   */
  String sentence(Set<String> ended) {
    var types = new ArrayList<>(watched.keySet());
    types.removeIf(type -> ended.contains(type) && !isNamed(type));
    var others = new ArrayList<>(leftAlone);
    watched.keySet().stream()
        .filter(type -> !types.contains(type))
        .forEach(type -> others.add(type + " (has ended)"));
    String rest = others.isEmpty() ? "" : "; not restarted: " + String.join(", ", others);
    return "a change restarts " + (types.isEmpty() ? "nothing" : String.join(", ", types)) + rest;
  }

  /** Returns the word that shows that a command reloads itself; null if none. */
  private @Nullable String selfReloading(String command) {
    Matcher known = selfReloading.matcher(command);
    if (known.find()) return known.group();
    boolean isSpring = command.contains("spring-boot:run") || command.contains("bootRun");
    if (isSpring && hasDevtools()) return "spring-boot-devtools";
    Matcher script = SCRIPT.matcher(command);
    if (!script.find()) return null;
    Path folder = script.group(1) == null ? root : root.resolve(script.group(1));
    Matcher inScript = selfReloading.matcher(script(folder, script.group(2)));
    return inScript.find() ? inScript.group() : null;
  }

  private boolean hasDevtools() {
    return Stream.of("pom.xml", "build.gradle", "build.gradle.kts")
        .anyMatch(name -> TextFile.orEmpty(root.resolve(name)).contains("spring-boot-devtools"));
  }

  /** Returns a script of package.json; empty if there is none. */
  private static String script(Path folder, String name) {
    String json = TextFile.orEmpty(folder.resolve("package.json"));
    Object script = JsonFields.find(json, List.of("scripts", name));
    return script instanceof String text ? text : "";
  }

  private static Pattern selfReloading() {
    String words = String.join("|", ResourceTable.lines(AffectedTypes.class, "unconcerned.txt"));
    return Pattern.compile("(?<![^\\s/\"'(;&|])(?:" + words + ")(?![^\\s;&|)\"'=])");
  }
}
