package jlocal.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jlocal.os.Daemon;
import jlocal.problem.Problem;
import jlocal.problem.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** Finds the command that a command line calls, parses its options, and runs it. */
class Cli {
  private static final Set<String> VERSION = Set.of("--version", "-v", "-V");
  private static final Set<String> HELP = Set.of("--help", "-h");

  private final Commands commands;

  Cli(Commands commands) {
    this.commands = commands;
  }

  /**
   * Runs a command line; errors have been reported when this returns.
   *
   * @return the exit status of jlocal
   */
  int run(List<String> args, Context context) {
    Invocation invocation = Invocation.of(args, commands);
    try {
      if (!JsonOutput.isAskedFor(invocation, commands)) return run(invocation, args, context);
      boolean isOwn = commands.isOwnJson(invocation);
      return JsonOutput.run(context, isOwn, inner -> run(invocation, args, inner));
    } finally {
      context.out().writer().flush();
      context.err().writer().flush();
    }
  }

  private int run(Invocation invocation, List<String> args, Context context) {
    try {
      return call(invocation, context);
    } catch (Throwable failure) {
      boolean debug = args.contains(Options.DEBUG) || context.isVariableSet("JLOCAL_DEBUG");
      return new ErrorReport(context.err(), debug, context.json()).of(failure);
    }
  }

  private int call(Invocation invocation, Context context) throws Exception {
    String name = invocation.command();
    if (name != null) return call(commands.named(name), invocation.args(), context);
    if (!invocation.args().isEmpty()) {
      throw new UserError(Problem.error("which command? 'jlocal help' lists them"));
    }
    return HelpCommand.printAll(commands, context);
  }

  private <O> int call(Subcommand<O> command, List<String> args, Context context) throws Exception {
    command.prepare();
    Values values = Values.parse(command, args, context);
    if (values.is(Options.HELP)) return HelpCommand.print(command, context);
    O options = command.read(values);
    List<Problem> warnings = values.warnings();
    if (!command.isQuiet() && !Daemon.isThis()) { // The parent of the daemon has reported them.
      context.report(warnings);
      Path above = values.folderAbove();
      if (above != null) sayFolder(above, context);
    }
    if (values.has(Options.EXPLAIN) && values.is(Options.EXPLAIN)) {
      context.out().table(values.explain());
      return ExitCode.DONE.status();
    }
    return execute(command, options, context);
  }

  static void sayFolder(Path folder, Context context) {
    context.err().line("jlocal: the app is in " + folder.toAbsolutePath().normalize());
  }

  /** Runs a command with its parsed options. */
  <O> int execute(Subcommand<O> command, O options, Context context) throws Exception {
    return command.run(options, context);
  }

  /**
   * The command of a command line, found without parsing its options.
   *
   * @param command a name as typed, {@code config get} as {@code config:get}; null for none
   * @param args everything but the name, options before it first
   */
  record Invocation(@Nullable String command, List<String> args) {
    Invocation {
      args = List.copyOf(args);
    }

    static Invocation of(List<String> args, Commands commands) {
      int at = 0;
      while (at < args.size() && isOption(args.get(at))) {
        String option = args.get(at);
        if (VERSION.contains(option)) return new Invocation("version", List.of());
        if (HELP.contains(option)) return new Invocation("help", args.subList(at + 1, args.size()));
        at += takesNext(option) ? 2 : 1;
      }
      if (at >= args.size()) return new Invocation(null, args);
      String name = args.get(at);
      int words = 1;
      if (at + 1 < args.size() && commands.find(name + ":" + args.get(at + 1)) != null) {
        name = name + ":" + args.get(at + 1);
        words = 2;
      }
      var rest = new ArrayList<>(args.subList(0, at));
      rest.addAll(args.subList(at + words, args.size()));
      return new Invocation(name, rest);
    }

    private static boolean isOption(String arg) {
      return arg.length() > 1 && arg.startsWith("-") && !arg.equals("--");
    }

    /** Whether the option's value is the next argument: {@code -f FILE}, not {@code -fFILE}. */
    private static boolean takesNext(String arg) {
      OptionSpec option = new StartCommand().spec().findOption(arg);
      if (option == null || option.arity().min() == 0) return false;
      Options.Setting setting = Options.setting(option);
      return setting == null || setting.alone().isEmpty();
    }
  }
}
