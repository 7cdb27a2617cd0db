package jlocal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.problem.Nearest;
import jlocal.problem.Origin;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What picocli found wrong with a command line, in one sentence each. */
final class UsageErrors {
  private static final Pattern OPTION = Pattern.compile("'(-[^']+)'");

  private final Subcommand<?> command;
  private final List<String> args;

  private UsageErrors(Subcommand<?> command, List<String> args) {
    this.command = command;
    this.args = args;
  }

  static List<Problem> of(Subcommand<?> command, List<String> args, List<Exception> errors) {
    var usage = new UsageErrors(command, args);
    // A mistyped option may be why an argument is missing.
    boolean isUnmatched = errors.stream().anyMatch(UnmatchedArgumentException.class::isInstance);
    return errors.stream()
        .filter(error -> !isUnmatched || !(error instanceof MissingParameterException))
        .map(error -> usage.problem((ParameterException) error))
        .distinct()
        .toList();
  }

  private Problem problem(ParameterException error) {
    ArgSpec argument = error.getArgSpec();
    return switch (error) {
      case UnmatchedArgumentException unmatched -> unmatched(unmatched.getUnmatched().getFirst());
      case MissingParameterException missing -> missing(missing.getMissing().getFirst());
      default ->
          argument != null && error.getCause() instanceof TypeConversionException invalid
              ? invalid(argument, String.valueOf(invalid.getMessage()))
              : surplusValue(error);
    };
  }

  private static Problem invalid(ArgSpec argument, String what) {
    return argument instanceof OptionSpec option
        ? new Origin.CommandLine().error(Options.key(option), what)
        : Problem.error(what);
  }

  private Problem unmatched(String typed) {
    boolean isOption = typed.startsWith("-") && typed.length() > 1;
    if (isOption) return unknownOption(command, command.spec(), typed);
    PositionalParamSpec arguments = command.arguments();
    return Problem.error(
        arguments == null
            ? "%s takes no arguments, but '%s' was given"
                .formatted(command.name(), Printable.of(typed))
            : "%s takes one argument; '%s' is too many"
                .formatted(command.name(), Printable.of(typed)));
  }

  private static Problem unknownOption(Subcommand<?> command, CommandSpec spec, String typed) {
    String name = typed.split("=", 2)[0];
    List<String> known = names(spec);
    if (known.contains(name)) return Problem.error(name + " takes no value");
    String elsewhere = OtherRunners.instead(command.name(), name);
    if (elsewhere != null) return Problem.error(elsewhere);
    String near = known.contains("-" + name) ? "-" + name : Nearest.of(name, known);
    String meant =
        near == null
            ? "; 'jlocal help " + command.name() + "' lists them"
            : "; did you mean '" + near + "'?";
    return Problem.error("unknown option '" + Printable.of(name) + "'" + meant);
  }

  /** All long names, also the negated ones. */
  private static List<String> names(CommandSpec spec) {
    var names = new ArrayList<String>();
    for (OptionSpec option : spec.options()) {
      names.addAll(List.of(option.names()));
      if (option.negatable()) names.add("--no-" + Options.key(option));
      Options.Setting setting = Options.setting(option);
      if (setting != null) names.add(setting.opposite());
    }
    names.removeIf(name -> !name.startsWith("--"));
    return names;
  }

  /**
   * Refuses a long option with one dash, such as {@code -exit-on-error}, which picocli would read
   * as {@code -e xit-on-error}.
   */
  static void refuseSingleDash(Subcommand<?> command, CommandSpec spec, List<String> args)
      throws UserError {
    List<String> known = names(spec);
    for (String arg : args) {
      boolean isWord = !arg.startsWith("-");
      if (arg.equals("--") || (isWord && command.stopsAtFirstArgument())) return;
      if (isWord || arg.startsWith("--") || arg.length() < 4) continue;
      String name = arg.split("=", 2)[0];
      if (known.contains("-" + name) || OtherRunners.instead(command.name(), name) != null) {
        throw new UserError(unknownOption(command, spec, arg));
      }
    }
  }

  /** Where another runner's option of that name takes no value, that is told, too. */
  private Problem missing(ArgSpec missing) {
    if (!(missing instanceof OptionSpec option)) return missingArgument(missing.paramLabel());
    var problem =
        Problem.error(Options.name(option) + " needs a value: " + Options.signature(option));
    String elsewhere = otherMeaning(option);
    return elsewhere == null ? problem : problem.hint(elsewhere);
  }

  private @Nullable String otherMeaning(OptionSpec option) {
    return List.of(option.names()).stream()
        .filter(args::contains)
        .map(typed -> OtherRunners.instead(command.name(), typed))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private Problem missingArgument(String label) {
    String first = label.split(" ", 2)[0];
    String name = command.name();
    return Problem.error("%s needs %s: jlocal %s %s".formatted(name, first, name, label));
  }

  /** picocli's only other complaint, {@code --timestamp=yes}, names the option in its text only. */
  private static Problem surplusValue(ParameterException misuse) {
    Matcher named = OPTION.matcher(String.valueOf(misuse.getMessage()));
    if (!named.find()) throw new IllegalStateException(misuse);
    return Problem.error(named.group(1).toLowerCase(Locale.ROOT) + " takes no value");
  }
}
