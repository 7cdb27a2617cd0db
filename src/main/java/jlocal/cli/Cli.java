package jlocal.cli;

import java.util.ArrayList;
import java.util.List;
import jlocal.problem.Problem;
import jlocal.problem.UserError;

/** From the words of a command line to the command that does what they say. */
final class Cli {
  private final Commands commands;

  Cli(Commands commands) {
    this.commands = commands;
  }

  /**
   * Runs the command that is called. Whatever goes wrong has been said when this returns.
   *
   * @return the exit status of jlocal
   */
  int run(List<String> args, Context context) {
    try {
      return call(args, context);
    } catch (Throwable failure) {
      boolean debug = args.contains("--debug") || context.environment().containsKey("JLOCAL_DEBUG");
      return new ErrorReport(context.err(), debug).of(failure);
    } finally {
      context.out().writer().flush();
      context.err().writer().flush();
    }
  }

  private int call(List<String> args, Context context) throws Exception {
    var invocation = Invocation.of(args, commands);
    String name = invocation.command();
    if (name != null && name.equals("version") && invocation.args().isEmpty()) {
      context.out().line(Version.line()); // without loading picocli
      return ExitCode.DONE.status();
    }
    if (name != null) return perform(commands.named(name), invocation.args(), context);
    if (!args.isEmpty()) {
      throw new UserError(Problem.error("which command? 'jlocal help' lists them"));
    }
    Help.ofAll(commands, context);
    return ExitCode.DONE.status();
  }

  private static <O> int perform(SubCommand<O> command, List<String> args, Context context)
      throws Exception {
    command.body().foresee();
    Given given = Parser.parse(command, args);
    if (given.texts().containsKey(OtherOptions.HELP)) {
      Help.of(command, context);
      return ExitCode.DONE.status();
    }
    Problem misuse = Misuse.of(command, given.words());
    if (misuse != null) throw new UserError(misuse);
    List<Problem> encoding = Encoding.problems(command, given, context);
    if (encoding.stream().anyMatch(Problem::isError)) throw new UserError(encoding);
    var settings = Settings.of(command.options(), given, context);
    O options = command.read(settings, given.words());
    List<Problem> warnings = new ArrayList<>(encoding);
    warnings.addAll(settings.warnings());
    if (!command.quiet()) new ErrorReport(context.err(), false).problems(warnings);
    if (given.texts().containsKey(OtherOptions.EXPLAIN)) {
      Explain.print(settings, context.out());
      return ExitCode.DONE.status();
    }
    return command.body().run(options, context);
  }
}
