package jlocal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jlocal.cli.Settings.Entry;
import jlocal.config.ConfigVar;
import jlocal.config.EnvFiles;
import jlocal.problem.Origin;
import jlocal.problem.Problem;
import jlocal.problem.Reading;

/** Reads settings from the variables of other runners, and from Overmind's env file. */
final class OtherRunnerSettings {
  private static final Pattern NAMES =
      Pattern.compile("PROCFILE|(OVERMIND|HIVEMIND|GOREMAN|PC|CONCURRENTLY)_.+");

  private static final String OVERMIND_FILE = ".overmind.env";
  private static final String OVERMIND_ENV = "OVERMIND_ENV";

  private OtherRunnerSettings() {}

  /**
   * Returns the settings of an environment's variables, with a warning for each that has no effect.
   */
  static Reading<List<Entry>> ofVariables(Map<String, String> environment) {
    var entries = new ArrayList<Entry>();
    var problems = new ArrayList<Problem>();
    new TreeMap<>(environment)
        .forEach((name, value) -> {
          if (!value.isEmpty() && NAMES.matcher(name).matches() && !name.equals(OVERMIND_ENV)) {
            add(name, value, new Origin.Variable(name), entries, problems);
          }
        });
    return new Reading<>(entries, problems);
  }

  private static void add(
      String name, String value, Origin origin, List<Entry> entries, List<Problem> problems) {
    OtherRunners.Entry found = OtherRunners.find(OtherRunners.VARIABLES, name);
    if (found == null || found.isIgnored()) return;
    String key = found.setting();
    if (key != null) entries.add(new Entry(key, value, origin));
    else problems.add(Problem.warning(name + " of " + found.whose() + ": " + found.answer()));
  }

  /**
   * Returns the settings in {@code .overmind.env} of the home folder, which that of the app
   * overrides. Processes do not get its other variables, which a warning says.
   */
  static Reading<List<Entry>> ofHome(Path folder, Map<String, String> environment) {
    Path home = Path.of(environment.getOrDefault("HOME", ""));
    Path file = home.resolve(OVERMIND_FILE);
    boolean isOfApp = home.equals(folder.toAbsolutePath().normalize());
    if (!home.isAbsolute() || isOfApp || !Files.isRegularFile(file)) return Reading.of(List.of());
    var entries = new ArrayList<Entry>();
    var problems = new ArrayList<Problem>();
    var others = new TreeSet<String>();
    for (ConfigVar found : EnvFiles.readIfPresent(file, "" + file).value().byName().values()) {
      var line = new Origin.Line(found.file(), found.line());
      if (NAMES.matcher(found.name()).matches()) {
        add(found.name(), found.value(), line, entries, problems);
      } else {
        others.add(found.name());
      }
    }
    if (!others.isEmpty()) {
      String names = String.join(", ", others);
      problems.add(
          Problem.warning(
              "%s: the processes do not get %s; -e %s,.env passes all of it on"
                  .formatted(file, names, file)));
    }
    return new Reading<>(entries, problems);
  }

  /**
   * Returns the settings in Overmind's env files: {@code .overmind.env} of the app, and those of
   * {@code OVERMIND_ENV}. All are env files here, in Overmind's order.
   */
  static Reading<List<Entry>> ofOvermind(Path folder, Map<String, String> environment) {
    Path file = folder.resolve(OVERMIND_FILE);
    String more = environment.getOrDefault(OVERMIND_ENV, "");
    if (more.isEmpty() && !Files.isRegularFile(file)) return Reading.of(List.of());
    var entries = new ArrayList<Entry>();
    var problems = new ArrayList<Problem>();
    Origin origin = new Origin.Variable(OVERMIND_ENV);
    if (Files.isRegularFile(file)) {
      for (ConfigVar found : EnvFiles.readIfPresent(file, "" + file).value().byName().values()) {
        var line = new Origin.Line(found.file(), found.line());
        if (found.name().equals(OVERMIND_ENV)) more = more.isEmpty() ? found.value() : more;
        else add(found.name(), found.value(), line, entries, problems);
      }
      if (environment.getOrDefault(OVERMIND_ENV, "").isEmpty()) {
        origin = new Origin.Line(file.toString(), 1);
      }
    }
    // Paths in a file are relative to the app's folder, paths in a variable to the caller's.
    Path base = origin instanceof Origin.Line ? Path.of("") : folder;
    String own =
        Stream.of(OVERMIND_FILE, ".env")
            .filter(name -> Files.isRegularFile(folder.resolve(name)))
            .map(name -> base.resolve(name).toString())
            .collect(Collectors.joining(","));
    String all = Stream.of(own, more).filter(it -> !it.isEmpty()).collect(Collectors.joining(","));
    entries.add(new Entry("env", all, origin));
    return new Reading<>(entries, problems);
  }
}
