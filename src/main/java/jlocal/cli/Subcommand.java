package jlocal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A command: what it is called, what it accepts, and what it does. Parser, help, completion, manual
 * page and reference work from its picocli model; its texts are in {@code help.properties}.
 *
 * @param <O> its options and arguments, typed
 */
abstract class Subcommand<O> {
  /** The base name of help.properties, as ResourceBundle has it. */
  static final String TEXTS = "jlocal.cli.help";

  private static final String OTHER = "Other";

  private final String name;
  private final List<String> aliases;
  private @Nullable String arguments;
  private String arity = "";
  private boolean hasJson = true;

  Subcommand(String name, String... aliases) {
    this.name = name;
    this.aliases = List.of(aliases);
  }

  /** Options under one heading of the help. */
  record OptionGroup(String heading, List<OptionSpec> options) {
    OptionGroup(String heading, OptionSpec... options) {
      this(heading, List.of(options));
    }
  }

  final String name() {
    return name;
  }

  /** Other names: Heroku's, mostly. */
  final List<String> aliases() {
    return aliases;
  }

  /** Its options in the order of the help, new ones at each call; without {@code --help}. */
  List<OptionGroup> options() {
    return List.of();
  }

  /** It takes any number of arguments. */
  final void takes(String label) {
    takes(label, "0..*");
  }

  /** It takes so many arguments, such as {@code 0..1}. */
  final void takes(String label, String howMany) {
    arguments = label;
    arity = howMany;
  }

  /** It has no {@code --json}: standard output is a child's, or a dialogue. */
  final void withoutJson() {
    hasJson = false;
  }

  /** What it takes besides options; null for nothing. */
  @Nullable PositionalParamSpec arguments() {
    if (arguments == null) return null;
    return arity.equals("1") ? Options.word(arguments).build() : Options.words(arguments, arity);
  }

  /** Whether all words from the first argument on are arguments, dashes or not. */
  boolean stopsAtFirstArgument() {
    return false;
  }

  /** Whether standard error belongs to a child, so that not even a warning may be written there. */
  boolean isQuiet() {
    return false;
  }

  /** Begins what takes long and is needed whatever the options are; called before they are read. */
  void prepare() {}

  /** The typed options; problems with them are added to the values. */
  abstract O read(Values values);

  /**
   * Runs to the end.
   *
   * @return the exit status of jlocal
   * @throws jlocal.problem.UserError when the user has something to correct; anything else is a bug
   */
  abstract int run(O options, Context context) throws Exception;

  boolean hasJson() {
    return hasJson;
  }

  /**
   * Whether it prints JSON itself if asked to.
   *
   * @param words what it is called with
   */
  boolean isOwnJson(List<String> words) {
    return options().stream().anyMatch(Subcommand::hasJson);
  }

  private static boolean hasJson(OptionGroup group) {
    return group.options().stream().anyMatch(option -> Options.name(option).equals(Options.JSON));
  }

  /** All its options by heading, those of every command last. */
  final List<OptionGroup> allOptions() {
    var groups = new ArrayList<>(options());
    var other = new ArrayList<OptionSpec>();
    if (hasJson() && groups.stream().noneMatch(Subcommand::hasJson)) {
      other.add(Options.flag(Options.JSON));
    }
    other.add(Options.flagSetting(Options.DEBUG));
    other.add(Options.flag("-h", Options.HELP));
    groups.add(new OptionGroup(OTHER, other));
    return groups;
  }

  /** What it does, in a few words without a full stop. */
  final String summary() {
    return documented(List.of()).usageMessage().header()[0];
  }

  /** The model with its texts, which are loaded for it. */
  final CommandSpec documented(List<OptionGroup> groups) {
    return spec(groups).interpolateVariables(true).resourceBundleBaseName(TEXTS);
  }

  /** Its model, new at each call: picocli keeps the parsed values in it. */
  final CommandSpec spec() {
    return spec(allOptions());
  }

  private CommandSpec spec(List<OptionGroup> groups) {
    var spec =
        CommandSpec.create()
            .interpolateVariables(false)
            .name(name)
            .aliases(aliases.toArray(String[]::new));
    groups.forEach(group -> group.options().forEach(spec::addOption));
    PositionalParamSpec arguments = arguments();
    if (arguments != null) spec.addPositional(arguments);
    spec.preprocessor(Subcommand::writeOut);
    spec.parser()
        .collectErrors(true)
        .overwrittenOptionsAllowed(true)
        .expandAtFiles(false)
        .stopAtPositional(stopsAtFirstArgument());
    return spec;
  }

  /**
   * Writes values out that picocli cannot see: {@code --no-color} is {@code --color=never} (it
   * negates boolean options only), and {@code --color web} is {@code --color=always web} (it would
   * take any next word for the value).
   */
  private static boolean writeOut(
      Stack<String> args, CommandSpec spec, @Nullable ArgSpec none, Map<String, Object> info) {
    for (OptionSpec option : spec.options()) {
      Options.Setting setting = Options.setting(option);
      if (setting == null || setting.alone().isEmpty()) continue;
      String name = Options.name(option);
      for (int i = args.size() - 1; i >= 0 && !args.get(i).equals("--"); i--) {
        boolean hasValue = i > 0 && isValue(args.get(i - 1), option);
        if (args.get(i).equals(setting.opposite())) {
          args.set(i, name + "=" + setting.oppositeValue());
        } else if (args.get(i).equals(name) && !hasValue) {
          args.set(i, name + "=" + setting.alone());
        }
      }
    }
    return false;
  }

  /** One of the words an option takes, else a number, or for a list what can be nothing else. */
  private static boolean isValue(String next, OptionSpec option) {
    if (option.isMultiValue()) return WatchOptions.isValue(next);
    if (option.completionCandidates() == null) return next.matches("[0-9]+");
    for (String word : option.completionCandidates()) if (word.equals(next)) return true;
    return false;
  }
}
