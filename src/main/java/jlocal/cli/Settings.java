package jlocal.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import jlocal.os.RunId;
import jlocal.problem.Nearest;
import jlocal.problem.Origin;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.problem.Reading;
import jlocal.procfile.Directive;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Provides the values of options that are not on the command line: from environment variables
 * ({@code JLOCAL_PORT}), else from the settings file beside the Procfile.
 */
final class Settings implements IDefaultValueProvider {
  private static final String PREFIX = "JLOCAL_";
  private static final Origin DEFAULT = new Origin.Default();
  private static final Set<String> OFF = Set.of("false", "no", "off", "0");

  /** The keys of settings for a type: {@code after.web}. */
  static final List<String> OF_TYPES =
      Stream.concat(
              Stream.of(Directive.Key.values()).map(Directive.Key::word), TypeOptions.KEYS.stream())
          .toList();

  /** Variables that jlocal sets for the processes it starts, which may call jlocal. */
  private static final Set<String> OURS = Set.of(RunId.VARIABLE);

  private final CommandSpec spec;
  private final Context context;
  private final Map<OptionSpec, Entry> given = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<Entry> ofTypes = new ArrayList<>();
  private boolean isRead;
  private @Nullable Path found;

  /**
   * A setting and its origin.
   *
   * @param key in a settings file: {@code proxy-port}, {@code no-color}
   */
  record Entry(String key, String text, Origin origin) {}

  Settings(CommandSpec spec, Context context) {
    this.spec = spec;
    this.context = context;
  }

  /** Returns the value of an option; null if it is not set, or is invalid. */
  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    // Only after the command line is parsed: it selects the settings file.
    if (!isRead) read();
    Entry found = argument instanceof OptionSpec option ? given.get(option) : null;
    return found == null ? null : found.text;
  }

  /** Returns the origin of an option's value. */
  Origin origin(OptionSpec option) {
    Entry found = given.get(option);
    return found == null ? DEFAULT : found.origin;
  }

  List<Problem> problems() {
    return problems;
  }

  private void read() {
    isRead = true;
    List<Entry> variables = variables();
    if (spec.findOption(AppOptions.PROCFILE) == null) {
      take(variables);
      return;
    }
    if (!variables.isEmpty()) addUnknown(variables);
    take(variables);
    takeOther(OtherRunnerSettings.ofVariables(context.environment()));
    takeOther(OtherRunnerSettings.ofOvermind(folder(), context.environment()));
    takeOther(OtherRunnerSettings.ofHome(folder(), context.environment()));
    var file = SettingsFile.in(folder());
    if (file == null) return;
    problems.addAll(file.problems());
    take(file.value());
    file.value().stream().filter(entry -> entry.key.contains(".")).forEach(ofTypes::add);
  }

  /** Returns the settings of single types, such as {@code after.web}; the last one counts. */
  List<Entry> ofTypes() {
    return ofTypes.reversed();
  }

  /** Takes another runner's settings; commands that start processes report those without effect. */
  private void takeOther(Reading<List<Entry>> other) {
    if (spec.findOption("--formation") != null) problems.addAll(other.problems());
    take(other.value());
  }

  private List<Entry> variables() {
    return context.environment().entrySet().stream()
        .filter(it -> it.getKey().startsWith(PREFIX) && !OURS.contains(it.getKey()))
        .filter(it -> !it.getValue().isEmpty())
        .map(it -> new Entry(key(it.getKey()), it.getValue(), new Origin.Variable(it.getKey())))
        .sorted((one, other) -> one.key.compareTo(other.key))
        .toList();
  }

  /** Warns of unknown variables: a mistyped one would silently have no effect. */
  private void addUnknown(List<Entry> variables) {
    List<String> known = allKeys();
    List<String> names = known.stream().map(Settings::variable).toList();
    for (Entry entry : variables) {
      if (known.contains(entry.key)) continue;
      String name = entry.origin.toString();
      String meant = Nearest.hint(name, names);
      problems.add(Problem.warning(Printable.of(name) + ": unknown setting" + meant));
    }
  }

  /** Returns the folder of the settings file. */
  Path folder() {
    Path directory = context.directory();
    Path procfile = value(AppOptions.PROCFILE);
    if (procfile != null) {
      Path parent = directory.resolve(procfile).getParent();
      return parent == null ? Path.of("") : parent;
    }
    Path root = value(AppOptions.ROOT);
    if (root != null) return directory.resolve(root);
    if (found == null) found = AppFolder.of(directory, context.environment());
    return found;
  }

  /** Returns the app's folder if it is above the working directory; else null. */
  @Nullable Path folderAbove() {
    boolean isAbove = found != null && !found.equals(context.directory());
    return isAbove ? found : null;
  }

  /** Returns a value from the command line or a variable; the file cannot move itself. */
  private @Nullable Path value(String name) {
    OptionSpec option = spec.findOption(name);
    if (option == null) return null;
    if (!option.stringValues().isEmpty()) return Path.of(option.stringValues().getLast());
    Entry found = given.get(option);
    return found != null && found.origin instanceof Origin.Variable ? Path.of(found.text) : null;
  }

  /** Takes the first entry for each option without a value. */
  private void take(List<Entry> entries) {
    if (entries.isEmpty()) return;
    for (OptionSpec option : spec.options()) {
      List<String> keys = keys(option);
      for (Entry entry : entries) if (keys.contains(entry.key)) put(option, entry);
    }
  }

  /** Stores a value, or reports it as invalid; picocli would stop at the first invalid one. */
  private void put(OptionSpec option, Entry entry) {
    if (given.containsKey(option) || !option.stringValues().isEmpty()) return;
    String text = text(option, entry);
    String[] items =
        option.splitRegex().isEmpty() ? new String[] {text} : text.split(option.splitRegex(), -1);
    try {
      for (ITypeConverter<?> converter : option.converters()) {
        for (String item : items) {
          Object _ = converter.convert(item);
        }
      }
      given.put(option, new Entry(entry.key, text, entry.origin));
    } catch (Exception invalid) {
      problems.add(entry.origin.error(Options.key(option), String.valueOf(invalid.getMessage())));
    }
  }

  /**
   * Converts {@code no-color: true} to {@code color: never}, {@code no-prefix: true} to {@code
   * prefix: false}.
   */
  private static String text(OptionSpec option, Entry entry) {
    Options.Setting setting = Options.setting(option);
    boolean isOff = OFF.contains(entry.text.toLowerCase(Locale.ROOT));
    if (setting != null && setting.opposite().equals("--" + entry.key)) {
      return isOff ? setting.alone() : setting.oppositeValue();
    }
    boolean isNegated = option.negatable() && entry.key.equals("no-" + Options.key(option));
    return isNegated ? Boolean.toString(isOff) : entry.text;
  }

  /** Returns the keys of an option in a settings file; none if it is not a setting. */
  static List<String> keys(OptionSpec option) {
    Options.Setting setting = Options.setting(option);
    if (setting == null) return List.of();
    var names = new ArrayList<>(List.of(option.names()));
    if (option.negatable()) names.add("--no-" + Options.key(option));
    names.add(setting.opposite());
    names.removeIf(name -> !name.startsWith("--"));
    names.replaceAll(name -> name.substring(2));
    return names;
  }

  /** Returns the keys of all settings. */
  static List<String> allKeys() {
    var options = new StartCommand().spec().options();
    return options.stream().flatMap(option -> keys(option).stream()).toList();
  }

  /** Returns the environment variable of a key: {@code JLOCAL_PROXY_PORT}. */
  static String variable(String key) {
    return PREFIX + key.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private static String key(String variable) {
    return variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
