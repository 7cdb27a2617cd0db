package jlocal.cli;

import java.util.ArrayList;
import java.util.List;
import jlocal.problem.Nearest;
import jlocal.problem.Problem;
import jlocal.problem.Shown;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in one sentence each. */
final class Misuse {
  private Misuse() {}

  static Problem of(SubCommand<?> command, ParameterException misuse) {
    return switch (misuse) {
      case UnmatchedArgumentException unmatched ->
          unknownOption(command, unmatched.getUnmatched().getFirst());
      case MissingParameterException missing -> noValue(command, missing.getMissing().getFirst());
      default -> surplusValue(misuse);
    };
  }

  private static Problem unknownOption(SubCommand<?> command, String typed) {
    String name = typed.split("=", 2)[0];
    String elsewhere = ForeignOptions.instead(name);
    if (elsewhere != null) return Problem.error("'" + name + "': " + elsewhere);
    String near = Nearest.of(name, names(command));
    String meant =
        near == null
            ? "; 'jlocal help " + command.name() + "' lists them"
            : "; did you mean '" + near + "'?";
    return Problem.error("unknown option '" + Shown.of(name) + "'" + meant);
  }

  private static List<String> names(SubCommand<?> command) {
    var names = new ArrayList<String>();
    for (Option<?> option : command.options()) {
      names.addAll(option.names());
      String opposite = option.ways().opposite();
      if (opposite != null) names.add(opposite);
    }
    names.removeIf(name -> !name.startsWith("--"));
    return names;
  }

  private static Problem noValue(SubCommand<?> command, ArgSpec missing) {
    String name = ((OptionSpec) missing).longestName();
    Option<?> option =
        command.options().stream().filter(o -> o.names().contains(name)).findFirst().orElseThrow();
    return Problem.error(option.name() + " needs a value: " + option.signature());
  }

  private static Problem surplusValue(ParameterException misuse) {
    ArgSpec spec = misuse.getArgSpec();
    return spec instanceof OptionSpec option
        ? Problem.error(option.longestName() + " takes no value")
        : Problem.error(String.valueOf(misuse.getMessage()));
  }

  /** What is wrong with the number or choice of the other words; null when nothing is. */
  static @Nullable Problem of(SubCommand<?> command, List<String> words) {
    Arguments wanted = command.arguments();
    String name = command.name();
    if (words.size() < wanted.least()) {
      return Problem.error("%s needs %s: jlocal %1$s %2$s".formatted(name, wanted.label()));
    }
    if (words.size() > wanted.most()) {
      String first = Shown.of(words.get(wanted.most()));
      return Problem.error(
          wanted.most() == 0
              ? "%s takes no arguments, but '%s' was given".formatted(name, first)
              : "%s takes one argument; '%s' is too many".formatted(name, first));
    }
    if (wanted.words().isEmpty() || wanted.words().containsAll(words)) return null;
    String all = String.join(", ", wanted.words());
    return Problem.error("%s: '%s' is none of %s".formatted(name, Shown.of(words.getFirst()), all));
  }
}
