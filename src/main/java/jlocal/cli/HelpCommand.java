package jlocal.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jlocal.problem.UserError;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Prints the list of commands, or the help of one. */
final class HelpCommand extends SimpleCommand {
  private static final int MIN_WIDTH = 60;
  private static final int MAX_WIDTH = 100;

  private final Commands commands;

  HelpCommand(Commands commands) {
    super("help");
    takes("[COMMAND]", "0..1");
    withoutJson();
    this.commands = commands;
  }

  @Override
  int run(Values values, Context context) throws UserError {
    List<String> names = values.arguments();
    return names.isEmpty()
        ? printAll(commands, context)
        : print(commands.named(names.getFirst()), context);
  }

  /** Prints the description of jlocal, and its commands. */
  static int printAll(Commands commands, Context context) {
    var spec = CommandSpec.create().name("jlocal").resourceBundleBaseName(TEXTS);
    for (Subcommand<?> command : commands.all()) {
      var line = CommandSpec.create();
      line.usageMessage().header(command.summary());
      spec.addSubcommand(command.name(), line);
    }
    return print(spec, context);
  }

  /** Prints the description of a command, its options, and examples. */
  static int print(Subcommand<?> command, Context context) {
    List<OptionGroup> groups = command.allOptions();
    CommandSpec spec = command.documented(groups);
    spec.usageMessage().customSynopsis(synopsis(command)).description(description(command));
    var sections = spec.usageMessage().sectionMap();
    sections.put(
        UsageMessageSpec.SECTION_KEY_OPTION_LIST,
        help ->
            groups.stream()
                .map(group -> "\n" + group.heading() + ":\n" + options(group, help))
                .collect(Collectors.joining()));
    sections.remove(UsageMessageSpec.SECTION_KEY_HEADER);
    sections.remove(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST);
    return print(spec, context);
  }

  private static String options(OptionGroup group, CommandLine.Help help) {
    return help.optionListExcludingGroups(group.options());
  }

  /** {@code jlocal start [OPTION]... [TYPE | TYPE=N]...}. */
  static String synopsis(Subcommand<?> command) {
    PositionalParamSpec arguments = command.arguments();
    String label = arguments == null ? "" : arguments.paramLabel();
    return ("jlocal " + command.name() + " [OPTION]... " + label).strip();
  }

  /**
   * Returns the description, with the aliases on a line of their own: picocli would break it at the
   * colon.
   */
  static String[] description(Subcommand<?> command) {
    String summary = command.summary();
    String sentence = summary.substring(0, 1).toUpperCase(Locale.ROOT) + summary.substring(1) + ".";
    if (command.aliases().isEmpty()) return new String[] {sentence};
    return new String[] {sentence, "Also: " + String.join(", ", command.aliases()) + "."};
  }

  private static int print(CommandSpec spec, Context context) {
    spec.usageMessage()
        .width(width(context.environment()))
        .adjustLineBreaksForWideCJKCharacters(true)
        .sortOptions(false);
    spec.parser().separator(" ");
    var ansi = context.out().color() ? Ansi.ON : Ansi.OFF;
    context.out().print(new CommandLine(spec).getUsageMessage(ansi));
    return ExitCode.DONE.status();
  }

  private static int width(Map<String, String> environment) {
    try {
      int columns = Integer.parseInt(environment.getOrDefault("COLUMNS", "80"));
      return Math.clamp(columns, MIN_WIDTH, MAX_WIDTH);
    } catch (NumberFormatException _) {
      return 80;
    }
  }
}
