package jlocal.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The command line with bodies that print the options they are given, and start nothing. */
final class Echo {
  static final Commands COMMANDS =
      new Commands(
          List.of(
              new StartCommand(Echo::print),
              new RunCommand(Echo::print),
              new CheckCommand(Echo::print),
              new ConfigCommand(Echo::print),
              new ConfigGetCommand(Echo::print),
              new PsCommand(Echo::print),
              new ScaleCommand(Echo::print),
              new RestartCommand(Echo::print),
              new StopCommand(Echo::print),
              new ReloadCommand(Echo::print),
              new LogsCommand(Echo::print),
              new ConnectCommand(Echo::print),
              new OpenCommand(Echo::print),
              new LsCommand(Echo::print),
              new TrustCommand(Trust.TRUST, Echo::print),
              new TrustCommand(Trust.UNTRUST, Echo::print)));

  private Echo() {}

  /** A process of its own, for what a test in this one cannot see. */
  public static void main(String[] args) {
    var context =
        new Context(
            Out.utf8(System.out, false), Out.utf8(System.err, false), System.getenv(), Path.of(""));
    System.exit(new Cli(COMMANDS).run(List.of(args), context));
  }

  static int print(Object options, Context context) {
    context.out().line(options.toString());
    return 42;
  }

  /** What came of a command line. */
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
    int status = new Cli(COMMANDS).run(args, context);
    return new Said(status, out.toString(), err.toString());
  }
}
