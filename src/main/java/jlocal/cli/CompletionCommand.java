package jlocal.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jlocal.problem.Printable;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Prints a script for a shell to complete jlocal's command lines. */
final class CompletionCommand extends SimpleCommand {
  private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

  private final Commands commands;

  CompletionCommand(Commands commands) {
    super("completion");
    withoutJson();
    this.commands = commands;
  }

  @Override
  PositionalParamSpec arguments() {
    return Options.word(String.join("|", SHELLS)).completionCandidates(SHELLS).build();
  }

  @Override
  int run(Values values, Context context) throws UserError {
    String shell = values.arguments().getFirst();
    if (!SHELLS.contains(shell)) {
      String shells = String.join(", ", SHELLS);
      throw new UserError(
          Problem.error("completion: '" + Printable.of(shell) + "' is not one of " + shells));
    }
    context.out().print(shell.equals("fish") ? fish() : bash());
    return ExitCode.DONE.status();
  }

  /** Returns the script for bash, and for zsh through its bashcompinit. */
  private String bash() {
    var root = CommandSpec.create().name("jlocal");
    for (Subcommand<?> command : commands.all()) root.addSubcommand(command.name(), command.spec());
    return AutoComplete.bash("jlocal", new CommandLine(root));
  }

  /** Returns one {@code complete} line for each command, option and word. */
  private String fish() {
    var lines = new ArrayList<String>();
    lines.add("-f");
    for (Subcommand<?> command : commands.all()) {
      lines.add(
          "-n __fish_use_subcommand -a " + quoted(command.name()) + description(command.summary()));
    }
    commands.all().forEach(command -> addOptions(command, lines));
    var script = new StringBuilder();
    lines.forEach(line -> script.append("complete -c jlocal ").append(line).append('\n'));
    return script.toString();
  }

  private static void addOptions(Subcommand<?> command, List<String> lines) {
    var names = new ArrayList<>(List.of(command.name()));
    names.addAll(command.aliases());
    String within = "-n " + quoted("__fish_seen_subcommand_from " + String.join(" ", names));
    command
        .documented(command.allOptions())
        .options()
        .forEach(option -> lines.add(within + fish(option)));
    PositionalParamSpec arguments = command.arguments();
    if (arguments != null && arguments.completionCandidates() != null) {
      lines.add(within + " -a " + quoted(String.join(" ", arguments.completionCandidates())));
    }
    if (command.stopsAtFirstArgument()) {
      lines.add(within + " -a " + quoted("(__fish_complete_subcommand)"));
    }
  }

  private static String fish(OptionSpec option) {
    var text = new StringBuilder();
    for (String name : option.names()) {
      text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    if (option.negatable()) text.append(" -l no-").append(Options.key(option));
    var words = option.completionCandidates();
    if (option.type() == Path.class) text.append(" -r -F");
    else if (words != null) text.append(" -x -a ").append(quoted(String.join(" ", words)));
    else if (!Options.isFlag(option)) text.append(" -x");
    return text + description(option.description()[0]);
  }

  private static String description(String text) {
    return " -d " + quoted(text);
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
