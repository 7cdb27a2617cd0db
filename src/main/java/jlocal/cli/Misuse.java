package jlocal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final Pattern OPTION = Pattern.compile("'(-[^']+)'");

  private Misuse() {}

  /** What picocli found wrong with the options. */
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

  /** picocli's only other complaint, {@code --timestamp=yes}, names the option in its text only. */
  private static Problem surplusValue(ParameterException misuse) {
    Matcher named = OPTION.matcher(String.valueOf(misuse.getMessage()));
    if (!named.find()) throw new IllegalStateException(misuse);
    return Problem.error(named.group(1) + " takes no value");
  }

  /** What is wrong with the number or choice of the other words; null when nothing is. */
  static @Nullable Problem of(SubCommand<?> command, List<String> words) {
    Arguments wanted = command.arguments();
    String name = command.name();
    if (words.size() < wanted.least()) {
      String first = wanted.label().split(" ", 2)[0];
      return Problem.error(
          "%s needs %s: jlocal %s %s".formatted(name, first, name, wanted.label()));
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
