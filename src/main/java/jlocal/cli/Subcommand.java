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
 * A command: its name, its options, and its action. Parser, help, completion, manual page and
 * reference use its picocli model; its texts are in {@code help.properties}.
 *
 * @param <O> its options and arguments, typed
 */
abstract class Subcommand<O> {
  /** The base name of help.properties for ResourceBundle. */
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

  /** Returns other names, mostly Heroku's. */
  final List<String> aliases() {
    return aliases;
  }

  /**
   * Returns the options in the order of the help, new ones at each call; without {@code --help}.
   */
  List<OptionGroup> options() {
    return List.of();
  }

  /** Accepts any number of arguments. */
  final void takes(String label) {
    takes(label, "0..*");
  }

  /** Accepts a number of arguments, such as {@code 0..1}. */
  final void takes(String label, String howMany) {
    arguments = label;
    arity = howMany;
  }

  /** Removes {@code --json}: standard output belongs to a child or a dialogue. */
  final void withoutJson() {
    hasJson = false;
  }

  /** Returns the arguments; null for none. */
  @Nullable PositionalParamSpec arguments() {
    if (arguments == null) return null;
    return arity.equals("1") ? Options.word(arguments).build() : Options.words(arguments, arity);
  }

  /** Whether all words from the first argument on are arguments, even with dashes. */
  boolean stopsAtFirstArgument() {
    return false;
  }

  /** Whether standard error belongs to a child, so that not even warnings may be written. */
  boolean isQuiet() {
    return false;
  }

  /** Starts slow work that is needed with any options; called before they are parsed. */
  void prepare() {}

  /** Returns the typed options; adds problems to the values. */
  abstract O read(Values values);

  /**
   * Runs the command to its end.
   *
   * @return the exit status of jlocal
   * @throws jlocal.problem.UserError for an error of the user; anything else is a bug
   */
  abstract int run(O options, Context context) throws Exception;

  boolean hasJson() {
    return hasJson;
  }

  /**
   * Whether it prints JSON itself if requested.
   *
   * @param words the command line
   */
  boolean isOwnJson(List<String> words) {
    return options().stream().anyMatch(Subcommand::hasJson);
  }

  private static boolean hasJson(OptionGroup group) {
    return group.options().stream().anyMatch(option -> Options.name(option).equals(Options.JSON));
  }

  /** Returns all options by heading, the common ones last. */
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

  /** Returns a short description without a full stop. */
  final String summary() {
    return documented(List.of()).usageMessage().header()[0];
  }

  /** Returns the model with its texts, and loads these. */
  final CommandSpec documented(List<OptionGroup> groups) {
    return spec(groups).interpolateVariables(true).resourceBundleBaseName(TEXTS);
  }

  /** Returns the model, new at each call: picocli keeps the parsed values in it. */
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
   * Expands values that picocli cannot parse: {@code --no-color} to {@code --color=never} (it
   * negates boolean options only), and {@code --color web} to {@code --color=always web} (it would
   * take any next word as the value).
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

  /** Whether a word is a value: a word of the option, a number, or a list item. */
  private static boolean isValue(String next, OptionSpec option) {
    if (option.isMultiValue()) return WatchOptions.isValue(next);
    if (option.completionCandidates() == null) return next.matches("[0-9]+");
    for (String word : option.completionCandidates()) if (word.equals(next)) return true;
    return false;
  }
}
