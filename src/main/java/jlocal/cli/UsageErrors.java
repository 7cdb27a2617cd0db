package jlocal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Translates picocli's errors in a command line, one sentence each. */
final class UsageErrors {
  private static final Pattern OPTION = Pattern.compile("'(-[^']+)'");

  private final Subcommand<?> command;
  private final List<String> args;
  private final List<String> names = new ArrayList<>();

  /**
   * Creates the errors of one command line.
   *
   * @param args its words without the command's name
   */
  UsageErrors(Subcommand<?> command, CommandSpec spec, List<String> args) {
    this.command = command;
    this.args = args;
    for (OptionSpec option : spec.options()) {
      names.addAll(List.of(option.names()));
      if (option.negatable()) names.add("--no-" + Options.key(option));
      Options.Setting setting = Options.setting(option);
      if (setting != null) names.add(setting.opposite());
    }
    names.removeIf(name -> !name.startsWith("--"));
  }

  /** Returns a sentence for each error. */
  List<Problem> of(List<Exception> errors) {
    // A mistyped option may be why an argument is missing.
    boolean isUnmatched = errors.stream().anyMatch(UnmatchedArgumentException.class::isInstance);
    return errors.stream()
        .filter(error -> !isUnmatched || !(error instanceof MissingParameterException))
        .map(error -> problem((ParameterException) error))
        .distinct()
        .toList();
  }

  private Problem problem(ParameterException error) {
    return switch (error) {
      case UnmatchedArgumentException unmatched -> unmatched(unmatched.getUnmatched().getFirst());
      case MissingParameterException missing -> missing(missing.getMissing().getFirst());
      default -> {
        ArgSpec argument = error.getArgSpec();
        if (argument == null || !(error.getCause() instanceof TypeConversionException invalid)) {
          yield surplusValue(error);
        }
        String what = String.valueOf(invalid.getMessage());
        yield argument instanceof OptionSpec option
            ? hinted(new Origin.CommandLine().error(Options.key(option), what), option)
            : Problem.error(what);
      }
    };
  }

  private Problem unmatched(String typed) {
    if (typed.startsWith("-") && typed.length() > 1) return unknownOption(typed);
    String what =
        command.arguments() == null
            ? "no arguments, but '%s' was given"
            : "one argument; '%s' is too many";
    return Problem.error(command.name() + " takes " + what.formatted(Printable.of(typed)));
  }

  private Problem unknownOption(String typed) {
    String name = typed.split("=", 2)[0];
    if (names.contains(name)) return Problem.error(name + " takes no value");
    String elsewhere = OtherRunners.instead(command.name(), name, valueOf(name));
    if (elsewhere != null) return Problem.error(elsewhere);
    String meant = Nearest.hint(names.contains("-" + name) ? "-" + name : name, names);
    if (meant.isEmpty()) meant = "; 'jlocal help " + command.name() + "' lists them";
    return Problem.error("unknown option '" + Printable.of(name) + "'" + meant);
  }

  /**
   * Rejects a long option with one dash, such as {@code -exit-on-error}, which picocli would parse
   * as {@code -e xit-on-error}.
   */
  void refuseSingleDash() throws UserError {
    for (String arg : args) {
      boolean isWord = !arg.startsWith("-");
      if (arg.equals("--") || (isWord && command.stopsAtFirstArgument())) return;
      if (isWord || arg.startsWith("--") || arg.length() < 4) continue;
      String name = arg.split("=", 2)[0];
      if (names.contains("-" + name) || OtherRunners.instead(command.name(), name) != null) {
        throw new UserError(unknownOption(arg));
      }
    }
  }

  /** Reports a missing value, and another runner's option of that name without one. */
  private Problem missing(ArgSpec missing) {
    if (!(missing instanceof OptionSpec option)) {
      String label = missing.paramLabel();
      String first = label.split(" ", 2)[0];
      String name = command.name();
      return Problem.error("%s needs %s: jlocal %s %s".formatted(name, first, name, label));
    }
    String what = Options.name(option) + " needs a value: " + Options.signature(option);
    return hinted(Problem.error(what), option);
  }

  /** Adds the meaning of the option in other runners. */
  private Problem hinted(Problem problem, OptionSpec option) {
    return Stream.of(option.names())
        .filter(
            name -> args.stream().anyMatch(arg -> arg.equals(name) || arg.startsWith(name + "=")))
        .map(name -> OtherRunners.meant(command.name(), name, valueOf(name)))
        .filter(Objects::nonNull)
        .findFirst()
        .map(problem::hint)
        .orElse(problem);
  }

  /** Returns the typed value of an option; null for none, or another option. */
  private @Nullable String valueOf(String name) {
    for (int i = 0; i < args.size(); i++) {
      if (args.get(i).startsWith(name + "=")) return args.get(i).substring(name.length() + 1);
      if (!args.get(i).equals(name)) continue;
      String next = i + 1 < args.size() ? args.get(i + 1) : "--";
      return next.matches("-[-A-Za-z].*") ? null : next;
    }
    return null;
  }

  /** Reports a surplus value, {@code --timestamp=yes}; picocli only names the option. */
  private static Problem surplusValue(ParameterException misuse) {
    Matcher named = OPTION.matcher(String.valueOf(misuse.getMessage()));
    if (!named.find()) throw new IllegalStateException(misuse);
    return Problem.error(named.group(1).toLowerCase(Locale.ROOT) + " takes no value");
  }
}
