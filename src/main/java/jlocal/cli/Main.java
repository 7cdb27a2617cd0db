package jlocal.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jlocal.os.CallerEnvironment;
import jlocal.os.Signals;
import jlocal.os.Terminal;
import jlocal.os.Terminal.Stream;
import jlocal.terminal.ColorMode;

/** The door of the program. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Map<String, String> environment = CallerEnvironment.environment();
    var context =
        new Context(
            out(FileDescriptor.out, Stream.OUT, environment),
            out(FileDescriptor.err, Stream.ERR, environment),
            environment,
            Path.of(""));
    exit(new Cli(commands()).run(List.of(args), context));
  }

  /**
   * System.exit would look through the jar for a logger to tell, a tenth of the time of a short
   * command. What it would run besides has been done, unless a bug came in between.
   */
  private static void exit(int status) {
    if (status == ExitCode.BUG.status()) System.exit(status);
    Signals.close();
    Runtime.getRuntime().halt(status);
  }

  static Commands commands() {
    return new Commands(
        List.of(
            new StartCommand(new StartBody()),
            new RunCommand(new RunBody()),
            new CheckCommand(new CheckBody()),
            new ConfigCommand(new ConfigBody()),
            new ConfigGetCommand(new ConfigGetBody()),
            new PsCommand(new PsBody()),
            new ScaleCommand(new OrderBody(ScaleCommand::request)),
            new RestartCommand(new OrderBody(RestartCommand::request)),
            new StopCommand(new OrderBody(StopCommand::request)),
            new ReloadCommand(new OrderBody(ReloadCommand::request)),
            new LogsCommand(new LogsBody()),
            new ConnectCommand(new ConnectBody()),
            new OpenCommand(new OpenBody()),
            new LsCommand(new LsBody()),
            new TrustCommand(Trust.TRUST, new TrustBody()),
            new TrustCommand(Trust.UNTRUST, new TrustBody())));
  }

  private static Out out(
      FileDescriptor descriptor, Stream stream, Map<String, String> environment) {
    boolean color = ColorMode.AUTO.colors(environment, Terminal.is(stream));
    return Out.utf8(new FileOutputStream(descriptor), color);
  }
}
