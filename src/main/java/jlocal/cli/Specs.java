package jlocal.cli;

import java.io.File;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Our commands as picocli's models, written out: annotations would cost 30 ms at each start. */
final class Specs {
  private Specs() {}

  /**
   * What picocli needs to take this command line apart: texts only, whatever they are to mean, and
   * only the options it may hold. To describe all forty takes as long as to read three files.
   */
  static CommandLine parser(SubCommand<?> command, List<String> args) {
    var spec = CommandSpec.create().name(command.name());
    for (Option<?> option : command.options()) {
      if (isIn(args, option.names())) spec.addOption(parsed(option));
      String opposite = option.ways().opposite();
      if (opposite != null && isIn(args, List.of(opposite)))
        spec.addOption(flag(List.of(opposite)));
    }
    spec.addPositional(
        PositionalParamSpec.builder().index("0..*").arity("0..*").type(String[].class).build());
    return new CommandLine(spec)
        .setStopAtPositional(command.arguments().endOptions())
        .setOverwrittenOptionsAllowed(true)
        .setExpandAtFiles(false)
        .setInterpolateVariables(false);
  }

  /** Alone, with its value behind it, or as a letter among others: {@code -tfProcfile}. */
  private static boolean isIn(List<String> args, List<String> names) {
    return names.stream().anyMatch(name -> args.stream().anyMatch(arg -> mayHold(arg, name)));
  }

  private static boolean mayHold(String arg, String name) {
    boolean isLetter = name.length() == 2;
    return isLetter ? arg.startsWith("-") && arg.indexOf(name.charAt(1)) > 0 : arg.startsWith(name);
  }

  private static OptionSpec parsed(Option<?> option) {
    if (option.isFlag()) return flag(option.names());
    var spec = named(option.names()).arity("1").type(String.class);
    String alone = option.ways().alone();
    if (alone != null) spec.preprocessor(orAlone(alone, option.kind().words()));
    return spec.build();
  }

  private static OptionSpec flag(List<String> names) {
    return named(names).arity("0").type(boolean.class).build();
  }

  private static OptionSpec.Builder named(List<String> names) {
    return OptionSpec.builder(names.toArray(String[]::new));
  }

  /**
   * {@code --color web}: the next word is the option's only when it is one of its words, or a
   * number where it has none.
   */
  private static IParameterPreprocessor orAlone(String alone, List<String> words) {
    return (args, _, _, info) -> {
      boolean attached = !String.valueOf(info.get("separator")).isBlank();
      if (!attached && (args.isEmpty() || !isOne(args.peek(), words))) args.push(alone);
      return false;
    };
  }

  private static boolean isOne(String next, List<String> words) {
    return words.isEmpty() ? next.matches("[0-9]+") : words.contains(next);
  }

  /** All commands with what completion wants to know: names, words, and which values are files. */
  static CommandLine completion(Commands commands) {
    var root = new CommandLine(CommandSpec.create().name("jlocal"));
    for (SubCommand<?> command : commands.all()) {
      var spec = CommandSpec.create().name(command.name());
      command.options().forEach(option -> spec.addOption(completed(option)));
      var words = command.arguments().words();
      if (!words.isEmpty()) {
        spec.addPositional(
            PositionalParamSpec.builder()
                .index("0")
                .type(String.class)
                .completionCandidates(words)
                .build());
      }
      root.addSubcommand(command.name(), spec, command.aliases().toArray(String[]::new));
    }
    return root;
  }

  private static OptionSpec completed(Option<?> option) {
    if (option.isFlag()) return flag(option.shownNames());
    var spec = named(option.names()).arity("1").paramLabel(option.kind().label());
    boolean isFile = option.kind().isFile();
    spec.type(isFile ? File.class : String.class);
    if (!option.kind().words().isEmpty()) spec.completionCandidates(option.kind().words());
    return spec.build();
  }
}
