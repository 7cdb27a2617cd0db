package jlocal.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import jlocal.os.RunId;
import jlocal.plan.PlanRequest;
import jlocal.problem.Nearest;
import jlocal.problem.Origin;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.problem.UserError;

/**
 * What every option of a command is set to: by the command line, else by an environment variable,
 * else by the settings file, else by default. Values are read when they are asked for; what is
 * wrong with them is gathered here.
 */
final class Settings {
  private static final Origin COMMAND_LINE = new Origin.CommandLine();
  private static final Origin DEFAULT = new Origin.Default();

  /** What jlocal itself gives to processes, for one that is called by them. */
  private static final Set<String> OURS = Set.of(RunId.VARIABLE);

  private final List<Option<?>> options;
  private final Path directory;
  private final String path;
  private final Map<Option<?>, Setting> given = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  private Settings(List<Option<?>> options, Context context) {
    this.options = List.copyOf(options);
    this.directory = context.directory();
    this.path = context.environment().getOrDefault("PATH", "");
  }

  static Settings of(List<Option<?>> options, Given line, Context context) {
    var settings = new Settings(options, context);
    line.texts().forEach((option, text) -> settings.lay(option, text, COMMAND_LINE));
    settings.layEnvironment(context.environment());
    if (options.contains(AppOptions.PROCFILE)) {
      settings.addUnknown(context.environment());
      settings.layFile(settings.folder());
    }
    return settings;
  }

  private void lay(Option<?> option, String text, Origin origin) {
    given.putIfAbsent(option, new Setting(text, origin, directory));
  }

  private void layEnvironment(Map<String, String> environment) {
    for (Option<?> option : options) {
      option
          .spellings()
          .forEach(key -> {
            String variable = Option.variable(key);
            String text = option.textOf(key, environment.getOrDefault(variable, ""));
            if (!text.isEmpty()) lay(option, text, new Origin.Variable(variable));
          });
    }
  }

  /** A mistyped variable would else be dropped in silence. */
  private void addUnknown(Map<String, String> environment) {
    List<String> known = SettingsFile.known().stream().map(Option::variable).toList();
    for (String name : new TreeSet<>(environment.keySet())) {
      if (!name.startsWith("JLOCAL_") || known.contains(name) || OURS.contains(name)) continue;
      String near = Nearest.of(name, known);
      String meant = near == null ? "" : "; did you mean " + near + "?";
      problems.add(Problem.warning(Printable.of(name) + ": unknown setting" + meant));
    }
  }

  private void layFile(Path folder) {
    var file = SettingsFile.in(folder);
    if (file == null) return;
    problems.addAll(file.problems());
    for (Option<?> option : options) {
      for (SettingsFile.Entry entry : file.value().of(option)) {
        var origin = new Origin.Line(file.value().shownAs(), entry.line());
        given.putIfAbsent(
            option, new Setting(option.textOf(entry.key(), entry.text()), origin, folder));
      }
    }
  }

  /** The Procfile's folder, where the settings file lies, as far as the settings so far tell. */
  private Path folder() {
    Setting procfile = given.get(AppOptions.PROCFILE);
    Setting root = given.get(AppOptions.ROOT);
    if (procfile != null) {
      Path parent = procfile.base().resolve(procfile.text()).getParent();
      return parent == null ? Path.of("") : parent;
    }
    return root == null ? directory : root.base().resolve(root.text());
  }

  /** Where the option's value came from, and its text. */
  Setting setting(Option<?> option) {
    Setting setting = given.get(option);
    return setting == null ? new Setting(option.fallback(), DEFAULT, directory) : setting;
  }

  /** The option's value; its default when the text is no value of its kind, which is a problem. */
  <T> T get(Option<T> option) {
    Setting setting = setting(option);
    try {
      return option.kind().reader().read(setting.text(), setting.base());
    } catch (BadValue bad) {
      problems.add(setting.origin().error(option.key(), bad.what()));
      return otherwise(option);
    }
  }

  /** The option's value, and where it came from. */
  <T> PlanRequest.Setting<T> withOrigin(Option<T> option) {
    return new PlanRequest.Setting<>(get(option), setting(option).origin());
  }

  private <T> T otherwise(Option<T> option) {
    try {
      return option.kind().reader().read(option.fallback(), directory);
    } catch (BadValue bad) {
      throw new IllegalStateException(option.name() + ": default " + bad.what(), bad);
    }
  }

  /** Whether anybody said anything about it. */
  boolean isGiven(Option<?> option) {
    return given.containsKey(option);
  }

  boolean isOnCommandLine(Option<?> option) {
    return setting(option).origin() instanceof Origin.CommandLine;
  }

  /** The PATH of the person's shell. */
  String path() {
    return path;
  }

  void add(Problem problem) {
    problems.add(problem);
  }

  void addAll(List<Problem> more) {
    problems.addAll(more);
  }

  /**
   * What there is to warn about.
   *
   * @throws UserError with all problems when one of them is an error
   */
  List<Problem> warnings() throws UserError {
    if (problems.stream().anyMatch(Problem::isError)) throw new UserError(problems);
    return List.copyOf(problems);
  }

  /** All options that can be set somewhere, in the order of the help. */
  List<Option<?>> options() {
    return options.stream().filter(option -> option.ways().setting()).toList();
  }
}
