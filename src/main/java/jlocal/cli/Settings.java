package jlocal.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import jlocal.os.RunId;
import jlocal.problem.Nearest;
import jlocal.problem.Origin;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
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

  /** Variables that jlocal gives to the processes it starts, which may call jlocal. */
  private static final Set<String> OURS = Set.of(RunId.VARIABLE);

  private final CommandSpec spec;
  private final Context context;
  private final Map<OptionSpec, Given> given = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private @Nullable SettingsFile file;
  private boolean isRead;

  /** A text and its origin. */
  private record Given(String text, Origin origin) {}

  Settings(CommandSpec spec, Context context) {
    this.spec = spec;
    this.context = context;
  }

  /** What an option is set to; null if it is set nowhere, or to something invalid. */
  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    read();
    Given found = argument instanceof OptionSpec option ? given.get(option) : null;
    return found == null ? null : found.text;
  }

  /** Where the value that is provided for an option came from. */
  Origin origin(OptionSpec option) {
    Given found = given.get(option);
    return found == null ? DEFAULT : found.origin;
  }

  List<Problem> problems() {
    return problems;
  }

  /** The folder of the settings file. */
  Path folder() {
    OptionSpec procfile = spec.findOption(AppOptions.PROCFILE);
    OptionSpec root = spec.findOption(AppOptions.ROOT);
    Path directory = context.directory();
    Path named = value(procfile);
    if (named != null) {
      Path parent = directory.resolve(named).getParent();
      return parent == null ? Path.of("") : parent;
    }
    Path folder = value(root);
    return folder == null ? directory : directory.resolve(folder);
  }

  /** What is on the command line or in a variable; those of the file do not move the file. */
  private @Nullable Path value(@Nullable OptionSpec option) {
    if (option == null) return null;
    if (!option.stringValues().isEmpty()) return Path.of(option.stringValues().getLast());
    Given found = given.get(option);
    return found != null && found.origin instanceof Origin.Variable ? Path.of(found.text) : null;
  }

  /** picocli asks once the command line is parsed: it says which settings file is meant. */
  private void read() {
    if (isRead) return;
    isRead = true;
    if (spec.findOption(AppOptions.PROCFILE) == null) {
      spec.options().forEach(this::readVariables);
      return;
    }
    addUnknownVariables();
    spec.options().forEach(this::readVariables);
    var read = SettingsFile.in(folder());
    if (read == null) return;
    problems.addAll(read.problems());
    file = read.value();
    spec.options().forEach(this::readFile);
  }

  private void readVariables(OptionSpec option) {
    for (String key : keys(option)) {
      String text = context.environment().getOrDefault(variable(key), "");
      if (!text.isEmpty()) put(option, key, text, new Origin.Variable(variable(key)));
    }
  }

  private void readFile(OptionSpec option) {
    SettingsFile read = file;
    if (read == null) return;
    List<String> keys = keys(option);
    for (SettingsFile.Entry entry : read.entries()) {
      if (keys.contains(entry.key())) {
        put(option, entry.key(), entry.text(), new Origin.Line(read.shownAs(), entry.line()));
      }
    }
  }

  /** The first one counts. picocli would stop at the first invalid value: all are reported here. */
  private void put(OptionSpec option, String key, String written, Origin origin) {
    if (given.containsKey(option) || !option.stringValues().isEmpty()) return;
    String text = value(option, key, written);
    try {
      for (ITypeConverter<?> converter : option.converters()) {
        for (String item : items(option, text)) {
          Object _ = converter.convert(item);
        }
      }
      given.put(option, new Given(text, origin));
    } catch (Exception invalid) {
      problems.add(origin.error(Options.key(option), String.valueOf(invalid.getMessage())));
    }
  }

  private static List<String> items(OptionSpec option, String text) {
    return option.splitRegex().isEmpty() ? List.of(text) : List.of(text.split(",", -1));
  }

  /**
   * {@code no-color: true} is {@code color: never}, {@code no-prefix: true} is {@code prefix:
   * false}.
   */
  private static String value(OptionSpec option, String key, String text) {
    Options.Setting setting = Options.setting(option);
    boolean isNegated = option.negatable() && key.equals("no-" + Options.key(option));
    boolean isOpposite = setting != null && setting.opposite().equals("--" + key);
    if (setting == null || !(isNegated || isOpposite)) return text;
    boolean isOff = Set.of("false", "no", "off", "0").contains(text.toLowerCase(Locale.ROOT));
    if (isNegated) return Boolean.toString(isOff);
    return isOff ? setting.alone() : setting.oppositeValue();
  }

  /** The keys of an option in a settings file; none for an option that is no setting. */
  static List<String> keys(OptionSpec option) {
    Options.Setting setting = Options.setting(option);
    if (setting == null) return List.of();
    var names = new ArrayList<>(List.of(option.names()));
    if (option.negatable()) names.add("--no-" + Options.key(option));
    if (!setting.opposite().isEmpty()) names.add(setting.opposite());
    return names.stream()
        .filter(name -> name.startsWith("--"))
        .map(name -> name.substring(2))
        .toList();
  }

  /** The keys of all settings. */
  static List<String> allKeys() {
    return new StartCommand()
        .allOptions().stream()
            .flatMap(group -> group.options().stream())
            .flatMap(option -> keys(option).stream())
            .toList();
  }

  /** The environment variable of a key: {@code JLOCAL_PROXY_PORT}. */
  static String variable(String key) {
    return PREFIX + key.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** A mistyped variable would have no effect without a word. */
  private void addUnknownVariables() {
    var ours = new TreeSet<>(context.environment().keySet());
    ours.removeIf(name -> !name.startsWith(PREFIX) || OURS.contains(name));
    if (ours.isEmpty()) return;
    List<String> known = allKeys().stream().map(Settings::variable).toList();
    ours.removeAll(known);
    for (String name : ours) {
      String meant = Nearest.hint(name, known);
      problems.add(Problem.warning(Printable.of(name) + ": unknown setting" + meant));
    }
  }

  /** Each setting of a command line, its text, and where it came from. */
  static void explain(Values values, Out out) {
    List<List<String>> rows =
        values.settingOptions().stream()
            .map(option -> {
              String name = Options.name(option);
              String text = values.text(name);
              String origin = values.origin(name).toString();
              return List.of(Options.key(option), text.isEmpty() ? "-" : text, origin);
            })
            .toList();
    Table.lines(rows, List.of()).forEach(out::line);
  }
}
