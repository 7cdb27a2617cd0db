package jlocal.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Takes a command line apart with picocli; what is wrong with it, we say in our own words. */
final class Parser {
  private final SubCommand<?> command;
  private final ParseResult result;

  private Parser(SubCommand<?> command, ParseResult result) {
    this.command = command;
    this.result = result;
  }

  /**
   * The texts of a command's options and its other words.
   *
   * @param args without the command's name
   */
  static Given parse(SubCommand<?> command, List<String> args) throws UserError {
    if (areWords(command, args)) return new Given(Map.of(), args);
    Problem oneDash = Misuse.ofOneDash(command, args);
    if (oneDash != null) throw new UserError(oneDash);
    CommandLine parser = Specs.parser(command, args);
    try {
      return new Parser(command, parser.parseArgs(args.toArray(String[]::new))).given();
    } catch (ParameterException misuse) {
      throw new UserError(Misuse.of(command, args, misuse));
    }
  }

  /** Most command lines are only words: then picocli need not be loaded, a fifth of the start. */
  private static boolean areWords(SubCommand<?> command, List<String> args) {
    int counted = command.arguments().endOptions() ? Math.min(1, args.size()) : args.size();
    return args.subList(0, counted).stream().noneMatch(arg -> arg.startsWith("-"));
  }

  private Given given() {
    var texts = new LinkedHashMap<Option<?>, String>();
    command.options().forEach(option -> take(option, texts));
    List<String> words =
        result.matchedPositionals().stream()
            .flatMap(p -> p.originalStringValues().stream())
            .toList();
    return new Given(texts, words);
  }

  private void take(Option<?> option, Map<Option<?>, String> texts) {
    int given = place(option.names());
    String opposite = option.ways().opposite();
    int opposed = opposite == null ? -1 : place(List.of(opposite));
    if (opposed > given) texts.put(option, option.ways().oppositeText());
    else if (given >= 0) texts.put(option, text(option));
  }

  /** Where an option stands among the arguments, the last time; -1 where it does not. */
  private int place(List<String> names) {
    if (!result.hasMatchedOption(names.getFirst())) return -1;
    var args = result.originalArgs();
    int last = args.size() - 1;
    while (last > 0 && !isOneOf(names, args.get(last))) last--;
    return last;
  }

  /** Whether it is {@code --name} or {@code --name=value}. */
  private static boolean isOneOf(List<String> names, String arg) {
    return names.stream().anyMatch(name -> arg.equals(name) || arg.startsWith(name + "="));
  }

  private String text(Option<?> option) {
    if (option.isFlag()) return "true";
    List<String> texts = result.matchedOption(option.name()).originalStringValues();
    return option.kind().isList() ? String.join(",", texts) : texts.getLast();
  }
}
