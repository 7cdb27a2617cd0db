package jlocal.cli;

import java.util.ArrayList;
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
final class HelpCommand extends Subcommand<List<String>> {
  private static final int MIN_WIDTH = 60;
  private static final int MAX_WIDTH = 100;

  private final Commands commands;

  HelpCommand(Commands commands) {
    super("print this list, or the help of one command", "help");
    this.commands = commands;
  }

  @Override
  PositionalParamSpec arguments() {
    return PositionalParamSpec.builder().arity("0..1").paramLabel("[COMMAND]").build();
  }

  @Override
  List<String> read(Values values) {
    return values.arguments();
  }

  @Override
  int run(List<String> names, Context context) throws UserError {
    return names.isEmpty()
        ? printAll(commands, context)
        : print(commands.named(names.getFirst()), context);
  }

  /** Prints what jlocal is, and its commands. */
  static int printAll(Commands commands, Context context) {
    var spec = CommandSpec.create().name("jlocal");
    spec.usageMessage()
        .customSynopsis("jlocal COMMAND [OPTION]...")
        .description("Your Heroku on localhost: runs the process types of a Procfile.")
        .commandListHeading("%nCommands:%n")
        .footer("", "'jlocal help COMMAND' tells what a command accepts.");
    for (Subcommand<?> command : commands.all()) {
      var line = CommandSpec.create();
      line.usageMessage().description(escaped(command.summary()));
      spec.addSubcommand(command.name(), line);
    }
    return print(spec, context);
  }

  /** Prints what a command does, what it accepts, and examples. */
  static int print(Subcommand<?> command, Context context) {
    List<OptionGroup> groups = command.allOptions();
    CommandSpec spec = command.spec(groups);
    spec.usageMessage()
        .customSynopsis(escaped(synopsis(command)))
        .description(description(command))
        .footer(examples(command));
    spec.usageMessage()
        .sectionMap()
        .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, help -> options(groups, help));
    spec.usageMessage().sectionMap().remove(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST);
    return print(spec, context);
  }

  /** The options under their headings. */
  private static String options(List<OptionGroup> groups, CommandLine.Help help) {
    return groups.stream()
        .map(group ->
            "\n%s:\n%s".formatted(group.heading(), help.optionListExcludingGroups(group.options())))
        .collect(Collectors.joining());
  }

  /** {@code jlocal start [OPTION]... [TYPE | TYPE=N]...}. */
  static String synopsis(Subcommand<?> command) {
    PositionalParamSpec arguments = command.arguments();
    String label = arguments == null ? "" : arguments.paramLabel();
    return ("jlocal " + command.name() + " [OPTION]... " + label).strip();
  }

  /** Aliases on a line of their own: picocli would break one at its colon. */
  private static String[] description(Subcommand<?> command) {
    String summary = command.summary();
    String sentence = summary.substring(0, 1).toUpperCase(Locale.ROOT) + summary.substring(1) + ".";
    String aliases = String.join(", ", command.aliases());
    if (aliases.isEmpty()) return new String[] {escaped(sentence)};
    return new String[] {escaped(sentence), escaped("Also: " + aliases + ".")};
  }

  private static String[] examples(Subcommand<?> command) {
    var lines = new ArrayList<String>();
    if (!command.examples().isEmpty()) lines.addAll(List.of("", "Examples:"));
    for (Subcommand.Example example : command.examples()) {
      lines.add(escaped("  " + example.line()));
      lines.add(escaped("      " + example.does()));
    }
    return lines.toArray(String[]::new);
  }

  /** picocli formats its texts. */
  private static String escaped(String text) {
    return text.replace("%", "%%");
  }

  private static int print(CommandSpec spec, Context context) {
    spec.usageMessage()
        .width(width(context.environment()))
        .adjustLineBreaksForWideCJKCharacters(true)
        .sortOptions(false);
    spec.parser().separator(" ");
    var ansi = context.out().color() ? Ansi.ON : Ansi.OFF;
    context.out().writer().print(new CommandLine(spec).getUsageMessage(ansi));
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
