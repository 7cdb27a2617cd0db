package jlocal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The help texts, laid out by picocli. */
final class Help {
  private static final int NARROWEST = 60;
  private static final int WIDEST = 100;

  private Help() {}

  /** What jlocal is, and its commands. */
  static void ofAll(Commands commands, Context context) {
    var spec = CommandSpec.create().name("jlocal");
    spec.usageMessage()
        .customSynopsis("jlocal COMMAND [OPTION]...")
        .description("Your Heroku on localhost: runs the process types of a Procfile.")
        .commandListHeading("%nCommands:%n")
        .footer("", "'jlocal help COMMAND' tells what a command accepts.");
    for (SubCommand<?> command : commands.all()) {
      var line = CommandSpec.create();
      line.usageMessage().description(escaped(command.summary()));
      spec.addSubcommand(command.name(), line);
    }
    print(spec, context);
  }

  /** What one command does, what it accepts, and examples. */
  static void of(SubCommand<?> command, Context context) {
    var spec = CommandSpec.create().name("jlocal " + command.name());
    spec.usageMessage()
        .customSynopsis(synopsis(command))
        .description(description(command))
        .footer(examples(command));
    int place = 0;
    for (Group group : command.groups()) {
      var shown = ArgGroupSpec.builder().validate(false).heading("%n" + group.title() + ":%n");
      group.options().forEach(option -> shown.addArg(shown(option)));
      spec.addArgGroup(shown.order(place++).build());
    }
    print(spec, context);
  }

  private static String synopsis(SubCommand<?> command) {
    return escaped("jlocal " + command.name() + " [OPTION]... " + command.arguments().label())
        .strip();
  }

  /** Other names on a line of their own: picocli would break one at its colon. */
  private static String[] description(SubCommand<?> command) {
    String summary = command.summary();
    String sentence = summary.substring(0, 1).toUpperCase(Locale.ROOT) + summary.substring(1) + ".";
    String aliases = String.join(", ", command.aliases());
    if (aliases.isEmpty()) return new String[] {escaped(sentence)};
    return new String[] {escaped(sentence), escaped("Also: " + aliases + ".")};
  }

  private static String[] examples(SubCommand<?> command) {
    var lines = new ArrayList<String>();
    if (!command.examples().isEmpty()) lines.addAll(List.of("", "Examples:"));
    for (SubCommand.Example example : command.examples()) {
      lines.add(escaped("  " + example.line()));
      lines.add(escaped("      " + example.does()));
    }
    return lines.toArray(String[]::new);
  }

  private static OptionSpec shown(Option<?> option) {
    var spec =
        OptionSpec.builder(option.shownNames().toArray(String[]::new))
            .description(escaped(option.fullHelp()));
    if (option.isFlag()) return spec.arity("0").type(boolean.class).build();
    return spec.arity("1").type(String.class).paramLabel(option.kind().label()).build();
  }

  /** picocli formats its texts. */
  private static String escaped(String text) {
    return text.replace("%", "%%");
  }

  private static void print(CommandSpec spec, Context context) {
    spec.usageMessage()
        .width(width(context.environment()))
        .adjustLineBreaksForWideCJKCharacters(true)
        .sortOptions(false)
        .abbreviateSynopsis(true);
    spec.parser().separator(" ");
    var ansi = context.out().color() ? Ansi.ON : Ansi.OFF;
    context.out().writer().print(new CommandLine(spec).getUsageMessage(ansi));
  }

  private static int width(Map<String, String> environment) {
    try {
      int columns = Integer.parseInt(environment.getOrDefault("COLUMNS", "80"));
      return Math.clamp(columns, NARROWEST, WIDEST);
    } catch (NumberFormatException _) {
      return 80;
    }
  }
}
