package jlocal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jlocal.problem.Nearest;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
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
  static Problem of(SubCommand<?> command, List<String> args, ParameterException misuse) {
    return switch (misuse) {
      case UnmatchedArgumentException unmatched ->
          unknownOption(command, unmatched.getUnmatched().getFirst());
      case MissingParameterException missing ->
          noValue(command, args, missing.getMissing().getFirst());
      default -> surplusValue(misuse);
    };
  }

  private static Problem unknownOption(SubCommand<?> command, String typed) {
    String name = typed.split("=", 2)[0];
    String elsewhere = OtherRunners.instead(command.name(), name);
    if (elsewhere != null) return Problem.error(elsewhere);
    List<String> known = names(command);
    String near = known.contains("-" + name) ? "-" + name : Nearest.of(name, known);
    String meant =
        near == null
            ? "; 'jlocal help " + command.name() + "' lists them"
            : "; did you mean '" + near + "'?";
    return Problem.error("unknown option '" + Printable.of(name) + "'" + meant);
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

  /**
   * A long option with one dash, such as {@code -exit-on-error}, which picocli would read as {@code
   * -e xit-on-error}; null when there is none.
   */
  static @Nullable Problem ofOneDash(SubCommand<?> command, List<String> args) {
    for (String arg : args) {
      boolean isWord = !arg.startsWith("-");
      if (arg.equals("--") || (isWord && command.arguments().endOptions())) return null;
      if (isWord || arg.startsWith("--") || arg.length() < 4) continue;
      String name = arg.split("=", 2)[0];
      boolean isLong = names(command).contains("-" + name);
      if (isLong || OtherRunners.instead(command.name(), name) != null) {
        return unknownOption(command, arg);
      }
    }
    return null;
  }

  /** Where another runner's option of that name takes no value, that is told, too. */
  private static Problem noValue(SubCommand<?> command, List<String> args, ArgSpec missing) {
    String name = ((OptionSpec) missing).longestName();
    Option<?> option =
        command.options().stream().filter(o -> o.names().contains(name)).findFirst().orElseThrow();
    String elsewhere =
        option.names().stream()
            .filter(args::contains)
            .map(typed -> OtherRunners.instead(command.name(), typed))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    var problem = Problem.error(option.name() + " needs a value: " + option.signature());
    return elsewhere == null ? problem : problem.hint(elsewhere);
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
      String first = Printable.of(words.get(wanted.most()));
      return Problem.error(
          wanted.most() == 0
              ? "%s takes no arguments, but '%s' was given".formatted(name, first)
              : "%s takes one argument; '%s' is too many".formatted(name, first));
    }
    if (wanted.words().isEmpty() || wanted.words().containsAll(words)) return null;
    String all = String.join(", ", wanted.words());
    return Problem.error(
        "%s: '%s' is none of %s".formatted(name, Printable.of(words.getFirst()), all));
  }
}
