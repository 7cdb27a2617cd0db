package jlocal.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import jlocal.plan.PlanRequest;
import jlocal.problem.Origin;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The values of a command's options and arguments: from the command line, else an environment
 * variable, else the settings file, else the default.
 */
final class Values {
  private static final Origin COMMAND_LINE = new Origin.CommandLine();

  private final ParseResult result;
  private final List<String> words;
  private final Settings settings;
  private final Context context;
  private final List<Problem> problems;

  private Values(ParseResult result, List<String> words, Settings settings, Context context) {
    this.result = result;
    this.words = words;
    this.settings = settings;
    this.context = context;
    problems = new ArrayList<>(settings.problems());
  }

  /**
   * Parses the words of a command line.
   *
   * @param args without the command's name
   * @throws UserError with all errors in the words
   */
  static Values parse(Subcommand<?> command, List<String> args, Context context) throws UserError {
    CommandSpec spec = command.spec();
    var settings = new Settings(spec, context);
    spec.defaultValueProvider(settings);
    var usage = new UsageErrors(command, spec, args);
    usage.refuseSingleDash();
    var result = new CommandLine(spec).parseArgs(args.toArray(String[]::new));
    List<Problem> errors = usage.of(result.errors());
    if (!errors.isEmpty()) throw new UserError(errors);
    var values = new Values(result, args, settings, context);
    values.problems.addAll(0, EncodingCheck.problems(command, result, context));
    return values;
  }

  private OptionSpec option(String name) {
    // findOption would compare with all names, and without their dashes: a third of the parse.
    return Objects.requireNonNull(result.commandSpec().optionsMap().get(name), name);
  }

  /**
   * Returns the value of an option, of the type its model declares.
   *
   * @param name one of its names
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // picocli's values are objects
  <T> T get(String name) {
    return (T) option(name).getValue();
  }

  /** Returns the settings of single types, such as {@code after.web}; the last one counts. */
  List<Settings.Entry> ofTypes() {
    return settings.ofTypes();
  }

  /** Whether the command has such an option. */
  boolean has(String name) {
    return result.commandSpec().optionsMap().containsKey(name);
  }

  /** Whether a flag is on. */
  boolean is(String name) {
    return Boolean.TRUE.equals(option(name).getValue());
  }

  /** Returns the items of a list; empty if not given. */
  <T> List<T> list(String name) {
    Collection<T> items = get(name);
    return items == null ? List.of() : items.stream().filter(Objects::nonNull).toList();
  }

  /** Returns a file, relative to the folder in which it was named. */
  Path path(String name) {
    return base(name).resolve(this.<Path>get(name));
  }

  List<Path> paths(String name) {
    return this.<Path>list(name).stream().map(base(name)::resolve).toList();
  }

  private Path base(String name) {
    return origin(name) instanceof Origin.Line ? settings.folder() : context.directory();
  }

  /** Returns the folder of the app, with the settings file: given, or found here or above. */
  Path appFolder() {
    return settings.folder();
  }

  /** Returns the app's folder if it was found above the working directory; else null. */
  @Nullable Path folderAbove() {
    return settings.folderAbove();
  }

  /** Returns the value and its origin. */
  <T> PlanRequest.Setting<T> withOrigin(String name) {
    return new PlanRequest.Setting<>(this.<T>get(name), origin(name));
  }

  Origin origin(String name) {
    OptionSpec option = option(name);
    return result.hasMatchedOption(option) ? COMMAND_LINE : settings.origin(option);
  }

  boolean isGiven(String name) {
    return !origin(name).isDefault();
  }

  boolean isOnCommandLine(String name) {
    return origin(name) instanceof Origin.CommandLine;
  }

  /** Returns the given or default text; empty if there is none. */
  String text(String name) {
    OptionSpec option = option(name);
    if (Options.isFlag(option)) return Boolean.toString(is(name));
    if (result.hasMatchedOption(option)) {
      List<String> texts = option.originalStringValues();
      return option.isMultiValue() ? String.join(",", texts) : texts.getLast();
    }
    String text = settings.defaultValue(option);
    if (text == null) text = option.defaultValue();
    return text == null ? "" : text;
  }

  /** Returns the command line without the command's name. */
  List<String> words() {
    return words;
  }

  /** Returns the words that are not options. */
  List<String> arguments() {
    return result.matchedPositionals().stream()
        .flatMap(argument -> argument.originalStringValues().stream())
        .toList();
  }

  /** Returns each setting with its text and origin. */
  List<List<String>> explain() {
    return settingOptions().stream()
        .map(Options::name)
        .map(name -> {
          String text = text(name).isEmpty() ? "-" : text(name);
          return List.of(name.substring(2), text, origin(name).toString());
        })
        .toList();
  }

  Context context() {
    return context;
  }

  /** Returns the options that can be settings. */
  List<OptionSpec> settingOptions() {
    return result.commandSpec().options().stream()
        .filter(option -> Options.setting(option) != null)
        .toList();
  }

  void add(Problem problem) {
    problems.add(problem);
  }

  /**
   * Warns of options of the command line that have no effect.
   *
   * @param why "with …" or "without …" another
   */
  void warnOfUseless(List<String> names, String why) {
    for (String name : names) {
      if (!isOnCommandLine(name)) continue;
      boolean isOff = option(name).negatable() && !is(name);
      String shown = isOff ? name.replace("--", "--no-") : name;
      problems.add(Problem.warning(shown + " has no effect " + why));
    }
  }

  /**
   * Returns the warnings.
   *
   * @throws UserError with all problems if one is an error
   */
  List<Problem> warnings() throws UserError {
    if (problems.stream().anyMatch(Problem::isError)) throw new UserError(problems);
    return List.copyOf(problems);
  }
}
