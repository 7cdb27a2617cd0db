package jlocal.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The command line with commands that only print their arguments. */
final class Echo extends Cli {
  static final Commands COMMANDS = new Commands();

  private static final List<String> HARMLESS = List.of("help", "completion", "version");

  private Echo() {
    super(COMMANDS);
  }

  @Override
  <O> int execute(Subcommand<O> command, O options, Context context) throws Exception {
    if (HARMLESS.contains(command.name())) return super.execute(command, options, context);
    context.out().line(command.name() + " " + text(options));
    return 42;
  }

  private static Object text(Object options) {
    return switch (options) {
      case Values values -> values.arguments();
      case StartOptions start -> start.request() + " " + start.typed();
      default -> options;
    };
  }

  /** The result of a command line. */
  record Said(int status, String out, String err) {}

  static Said say(List<String> args, Map<String, String> environment, Path directory) {
    var out = new StringWriter();
    var err = new StringWriter();
    var context =
        new Context(
            new Out(new PrintWriter(out), false),
            new Out(new PrintWriter(err), false),
            environment,
            directory);
    int status = new Echo().run(args, context);
    return new Said(status, out.toString(), err.toString());
  }
}
